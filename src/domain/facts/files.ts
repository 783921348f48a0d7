import {factText, linesOf, type ToolUse, textIn} from './tool-use.js';

/** Tools that change the file they are given; by names that agents and servers of tools use. */
const EDITORS = new Set([
  'create',
  'createfile',
  'delete',
  'deletefile',
  'edit',
  'editfile',
  'editnotebook',
  'inserteditintofile',
  'multiedit',
  'multireplacestringinfile',
  'notebookedit',
  'patch',
  'replace',
  'replacestringinfile',
  'searchreplace',
  'strreplace',
  'write',
  'writefile',
]);
/** Tools of many uses: `command` says which, and these only look. */
const EDITORS_BY_COMMAND = new Set(['strreplaceeditor', 'strreplacebasededittool', 'texteditor']);
const LOOKS = new Set(['view', 'read']);
const PATCHED = /^\*\*\* (?:Add File|Update File|Delete File|Move to): (\S.*)$/;
const ANSWERED = /^[AMD] (\S.*)$/;
const PATCH_ANSWER = 'Success. Updated the following files:';
/** At most so many files are read off one patch. */
const MOST_FILES = 50;

/** The files that a tool use changed, as paths below the session's folder, otherwise as they were given. */
export function filesOf(use: ToolUse, cwd: string): readonly string[] {
  if (use.hasFailed) return [];
  const paths = pathsOf(use).map((path) => factText(below(cwd, path)));
  return [...new Set(paths)].filter((path) => path !== '').slice(0, MOST_FILES);
}

function pathsOf(use: ToolUse): readonly string[] {
  const {name, input, inputText, script = '', answer} = use;
  const patch = inputText || textIn(input, 'patch', 'patchText', 'patch_text', 'diff') || script;
  if (answer.startsWith(PATCH_ANSWER)) return matched(answer, ANSWERED);
  if ((name === 'applypatch' || name === 'patch' || script !== '') && patch.includes('*** ')) return matched(patch, PATCHED);
  const isEditor = EDITORS.has(name) || (EDITORS_BY_COMMAND.has(name) && !LOOKS.has(textIn(input, 'command')));
  const path = isEditor
    ? textIn(input, 'file_path', 'filePath', 'path', 'notebook_path', 'target_file', 'target_notebook', 'filename')
    : '';
  return path === '' ? [] : [path];
}

function matched(text: string, pattern: RegExp): readonly string[] {
  const paths: string[] = [];
  for (const line of linesOf(text)) {
    const path = pattern.exec(line)?.[1];
    if (path !== undefined) paths.push(path);
  }
  return paths;
}

function below(cwd: string, path: string): string {
  const isBelow = cwd !== '' && path.startsWith(cwd) && /^[/\\]./.test(path.slice(cwd.length));
  return isBelow ? path.slice(cwd.length + 1) : path;
}
