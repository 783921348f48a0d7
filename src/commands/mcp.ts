import {MemCommand} from '../cli/frame/mem-command.js';

export default class Mcp extends MemCommand {
  static override summary = 'Serve the memory to an agent, by the Model Context Protocol';
  static override description =
    'Speaks the protocol on stdin and stdout until stdin ends: an agent starts it. Three tools, which only read: mem_search, mem_recall, mem_read. The revisions of 2025 and of 2026-07-28. MEM_RECALL=0 turns recall off.';
  static override examples = [{description: 'For Claude Code', command: '<%= config.bin %> connect claude-code --mcp'}];

  async run(): Promise<void> {
    const {flags} = await this.parse(Mcp);
    const {settings} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {runMcp} = await import('../cli/recall/run-mcp.js');
    await runMcp(mem);
  }
}
