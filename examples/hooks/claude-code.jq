# Claude Code hook payload (stdin) -> mem events, one per line:
#   jq -c -f ~/.config/mem/claude-code.jq | mem ingest
#
# Hook events that carry no conversation, and those that this file does not know, give no line. Claude Code sends no time, so none is
# given and mem takes the time of arrival. An id is given only where it names one event: `prompt_id` for a prompt, `tool_use_id` for a
# tool's result; so these are stored once even when the hook is configured twice.

def string: if type == "string" then . else "" end;
def lines: map(select(. != "")) | join("\n");
def filled: with_entries(select(.value != null and .value != "" and .value != {}));

# Every shape of answer as text; images are left out.
def text_of:
  if type == "string" then .
  elif type == "null" then ""
  elif type == "array" then map(if type == "object" and .type == "image" then "" else text_of end) | lines
  elif type != "object" then tojson
  elif has("stdout") or has("stderr") then [.stdout, .stderr | string] | lines
  elif (.structuredPatch | type) == "array" then
    [(.filePath | string), (.structuredPatch[] | objects | .lines | text_of), if .structuredPatch == [] then .content | string else empty end] | lines
  elif (.file | type) == "object" then .file.content | string
  elif (.text | type) == "string" then .text
  elif has("content") and .content != "" then .content | text_of
  elif (.filenames | type) == "array" then .filenames | text_of
  elif (.result | type) == "string" then .result
  else tojson
  end;

# What the tool was asked, as far as it helps to read its answer.
def asked:
  if type != "object" then null
  else with_entries(
    select((.key | IN("command", "file_path", "path", "pattern", "query", "url", "description", "subagent_type")) and (.value | type) == "string")
    | .value |= .[0:500])
  end;

def event($type; $text; $id; $extra):
  {
    session_id,
    event_type: $type,
    text: $text,
    event_id: ($id | string),
    agent: "claude-code",
    project: ([$ENV.CLAUDE_PROJECT_DIR, .cwd] | map(string | select(. != "")) | first // "" | rtrimstr("/") | split("/") | last),
    source: "hook",
    metadata: ({cwd, agent_id, agent_type} + $extra | filled)
  } | filled;

def tool_result($text; $extra):
  event("tool_result"; $text; .tool_use_id; {tool_name, tool_input: (.tool_input | asked)} + $extra);

if type != "object" or (.session_id | type) != "string" then empty
elif .hook_event_name == "SessionStart" then event("session_start"; null; null; {source, model})
elif .hook_event_name == "UserPromptSubmit" then event("user_message"; .prompt | text_of; .prompt_id; {})
elif .hook_event_name == "PostToolUse" then tool_result(.tool_response | text_of; {})
elif .hook_event_name == "PostToolUseFailure" then tool_result(.error | text_of; {is_error: true})
elif .hook_event_name == "Stop" then
  (.last_assistant_message | text_of) as $text
  | event(if $text == "" then "assistant_stop" else "assistant_message" end; $text; null; {})
elif .hook_event_name == "StopFailure" then event("assistant_stop"; [.error, .error_details | text_of] | lines; null; {is_error: true})
elif .hook_event_name == "SubagentStart" then event("subagent_start"; null; null; {})
elif .hook_event_name == "SubagentStop" then event("subagent_stop"; .last_assistant_message | text_of; null; {})
elif .hook_event_name == "SessionEnd" then event("session_end"; null; null; {reason})
else empty
end
