# Codex hook payload (stdin) -> mem events, one per line:
#   jq -c -f ~/.config/mem/codex.jq | mem ingest
# The older `notify` gives its JSON as the last argument instead, see docs/agents.md; this file reads both.
#
# Hook events that carry no conversation, and those that this file does not know, give no line. Codex sends no time, so none is given
# and mem takes the time of arrival. An id is given only where it names one event: `tool_use_id` for a tool's result, and the turn for
# the two messages of a `notify`.

def string: if type == "string" then . else "" end;
def lines: map(select(. != "")) | join("\n");
def filled: with_entries(select(.value != null and .value != "" and .value != {}));

# Every shape of answer as text; images are left out. Some versions put an object into a string.
def text_of:
  if type == "string" then
    . as $text | if startswith("{\"output\":") then (try (fromjson | .output | strings) catch $text) // $text else . end
  elif type == "null" then ""
  elif type == "array" then map(if type == "object" and .type == "image" then "" else text_of end) | lines
  elif type != "object" then tojson
  elif has("stdout") or has("stderr") then [.stdout, .stderr | string] | lines
  elif (.output | type) == "string" then .output
  elif (.text | type) == "string" then .text
  elif has("content") then .content | text_of
  else tojson
  end;

# What the tool was asked, as far as it helps to read its answer.
def asked:
  if type != "object" then null
  else with_entries(
    select((.key | IN("command", "cmd", "path", "pattern", "query", "url", "workdir")) and (.value | type | . == "string" or . == "array"))
    | .value |= (if type == "array" then map(strings) | join(" ") else . end | .[0:500]))
  end;

def event($type; $text; $id; $extra):
  {
    session_id: (.session_id // ."thread-id"),
    event_type: $type,
    text: $text,
    event_id: ($id | string),
    agent: "codex",
    project: (.cwd | string | rtrimstr("/") | split("/") | last),
    source: "hook",
    metadata: ({cwd, agent_id, agent_type} + $extra | filled)
  } | filled;

def said($text): event(if $text == "" then "assistant_stop" else "assistant_message" end; $text; null; {});

if type != "object" then empty
elif .type == "agent-turn-complete" and (."thread-id" | type) == "string" then
  (."input-messages" | text_of) as $asked | (."last-assistant-message" | text_of) as $answer | (."turn-id" | string) as $turn
  | (if $asked == "" then empty else event("user_message"; $asked; if $turn == "" then null else $turn + ":user" end; {}) end),
    (if $answer == "" then empty else event("assistant_message"; $answer; if $turn == "" then null else $turn + ":assistant" end; {}) end)
elif (.session_id | type) != "string" then empty
elif .hook_event_name == "SessionStart" then event("session_start"; null; null; {source, model})
elif .hook_event_name == "UserPromptSubmit" then event("user_message"; .prompt | text_of; null; {})
elif .hook_event_name == "PostToolUse" then
  event("tool_result"; .tool_response | text_of; .tool_use_id; {tool_name, tool_input: (.tool_input | asked)})
elif .hook_event_name == "Stop" then said(.last_assistant_message | text_of)
elif .hook_event_name == "SubagentStart" then event("subagent_start"; null; null; {})
elif .hook_event_name == "SubagentStop" then event("subagent_stop"; .last_assistant_message | text_of; null; {})
else empty
end
