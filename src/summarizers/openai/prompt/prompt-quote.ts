// Line ends of some programs, invisible characters, and characters that reverse text: written by number, as JSON allows.
const UNSEEN = /[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
// `<|im_start|>`, `<start_of_turn>`, `</s>`, `<<SYS>>`, `[INST]`: some servers turn these into control tokens anywhere in a prompt.
// JSON's own brackets never stand before a letter or a slash here.
const CONTROL_TOKEN = /<(?=[|｜<]|\/?[a-z_]{1,24}>)|\[(?=\/?[A-Z_]{3,24}\])/gi;

/** A value as JSON on one line. Only JSON's own quotes can end a text, both for a reader of lines and for a chat template. */
export function quoteLine(value: unknown): string {
  return JSON.stringify(value).replace(UNSEEN, escaped).replace(CONTROL_TOKEN, escaped);
}

function escaped(character: string): string {
  return Array.from({length: character.length}, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}
