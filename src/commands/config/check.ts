import {jsonFlag, MemCommand} from '../../cli/frame/mem-command.js';

export default class ConfigCheck extends MemCommand {
  static override summary = 'Try the model that summarizes, and say what is wrong';
  static override description =
    'Asks the endpoint for one small summary of an invented text; nothing from the store is sent. If there is a store, the request counts against its budget. With the summarizer "extractive" there is no model to try.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override flags = {...jsonFlag};
  static override statuses = [0, 64, 69, 70, 73, 74, 75, 78, 130, 143] as const;

  async run(): Promise<void> {
    const {flags} = await this.parse(ConfigCheck);
    const {settings, out} = this.start(flags);
    const {checkJson} = await import('../../json/settings-json.js');
    if (settings.summarizer === 'extractive') {
      if (flags.json) out.json(checkJson(undefined));
      else out.line('Summaries are made on this machine, without a model. Nothing leaves it.');
      return out.flush();
    }
    const {openModelChecker} = await import('../../entries/model.js');
    const {checkModel} = await import('../../operations/settings/check-model.js');
    const {checkLines} = await import('../../cli/settings/check-text.js');
    const {stopSignals} = await import('../../cli/frame/signals.js');
    using stop = stopSignals();
    const checker = openModelChecker({openai: settings.openai, store: flags.store});
    const report = await checkModel(await this.open(flags, settings), checker, stop.signal);
    if (report === undefined) process.exitCode = stop.exitStatus;
    else if (flags.json) out.json(checkJson(report));
    else out.lines(checkLines(report));
    await out.flush();
  }
}
