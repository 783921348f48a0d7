#compdef mem
# Completion of mem for zsh, written by: mem completion zsh

_mem() {
  local curcontext=$curcontext
  local -a commands
  if (( CURRENT > 3 )); then
    case "$words[2] $words[3]" in
      ('config check') _mem_below 2 _mem_config_check; return ;;
      ('config get') _mem_below 2 _mem_config_get; return ;;
      ('config set') _mem_below 2 _mem_config_set; return ;;
      ('schedule log') _mem_below 2 _mem_schedule_log; return ;;
      ('schedule next') _mem_below 2 _mem_schedule_next; return ;;
      ('schedule pause') _mem_below 2 _mem_schedule_pause; return ;;
      ('schedule resume') _mem_below 2 _mem_schedule_resume; return ;;
      ('schedule run') _mem_below 2 _mem_schedule_run; return ;;
      ('schedule status') _mem_below 2 _mem_schedule_status; return ;;
      ('toc list') _mem_below 2 _mem_toc_list; return ;;
      ('toc log') _mem_below 2 _mem_toc_log; return ;;
      ('toc show') _mem_below 2 _mem_toc_show; return ;;
    esac
  fi
  if (( CURRENT > 2 )); then
    case $words[2] in
      (backup) _mem_below 1 _mem_backup; return ;;
      (check) _mem_below 1 _mem_check; return ;;
      (compact) _mem_below 1 _mem_compact; return ;;
      (completion) _mem_below 1 _mem_completion; return ;;
      (config) _mem_below 1 _mem_config; return ;;
      (connect) _mem_below 1 _mem_connect; return ;;
      (disconnect) _mem_below 1 _mem_disconnect; return ;;
      (doctor) _mem_below 1 _mem_doctor; return ;;
      (events) _mem_below 1 _mem_events; return ;;
      (export) _mem_below 1 _mem_export; return ;;
      (forget) _mem_below 1 _mem_forget; return ;;
      (import) _mem_below 1 _mem_import; return ;;
      (ingest) _mem_below 1 _mem_ingest; return ;;
      (init) _mem_below 1 _mem_init; return ;;
      (install-schedule) _mem_below 1 _mem_install_schedule; return ;;
      (mcp) _mem_below 1 _mem_mcp; return ;;
      (note) _mem_below 1 _mem_note; return ;;
      (rebuild) _mem_below 1 _mem_rebuild; return ;;
      (recall) _mem_below 1 _mem_recall; return ;;
      (repair) _mem_below 1 _mem_repair; return ;;
      (report) _mem_below 1 _mem_report; return ;;
      (restore) _mem_below 1 _mem_restore; return ;;
      (resume) _mem_below 1 _mem_resume; return ;;
      (rollup) _mem_below 1 _mem_rollup; return ;;
      (schedule) _mem_below 1 _mem_schedule; return ;;
      (search) _mem_below 1 _mem_search; return ;;
      (stats) _mem_below 1 _mem_stats; return ;;
      (status) _mem_below 1 _mem_status; return ;;
      (sync) _mem_below 1 _mem_sync; return ;;
      (toc) _mem_below 1 _mem_toc; return ;;
      (uninstall-schedule) _mem_below 1 _mem_uninstall_schedule; return ;;
      (why) _mem_below 1 _mem_why; return ;;
    esac
    return 1
  fi
  if [[ $PREFIX == -* ]]; then
    _arguments '--version[show the version]' '(-h --help)'{-h,--help}'[show the help]'
    return
  fi
  commands=(
    'backup:Copy the memory into a folder, as far as it is new'
    'check:Check the store and the journal, and say what is damaged'
    'compact:Compact the store and remove what the policy allows'
    'completion:Print a script that completes commands and flags in your shell'
    'config:List the settings and their origins'
    'connect:Have the conversations of agents read, from now on'
    'disconnect:Read agents no more, and take the hooks and the MCP server out of their settings'
    'doctor:Say whether the memory works, and what to do if not'
    'events:Print the events themselves, oldest first'
    'export:Print events as lines that "mem ingest" takes back unchanged'
    'forget:Take events out of the memory, for ever'
    'import:Read what agents wrote of their conversations'
    'ingest:Take in events from stdin or files, as JSON Lines'
    'init:Make a store with a time zone of your choice'
    'install-schedule:Let the system start the jobs, with systemd, cron or launchd'
    'mcp:Serve the memory to an agent, by the Model Context Protocol'
    'note:Keep a note of your own'
    'rebuild:Make the store again from the journal alone'
    'recall:Tell what was done before, for an agent or a person'
    'repair:Make what is damaged again, from what is whole'
    'report:Tell what was done in a period, to be read by itself: as text, as a page or to be pasted'
    'restore:Make a home of a backup'
    'resume:Print the agent'\''s own command that resumes a session, or run it'
    'rollup:Summarize what is due: segments, days, weeks, months, years'
    'schedule:Show the state of the jobs; the subcommands run, pause, resume and list them'
    'search:Find what was said, by its words'
    'stats:Show a year as a heat map by day, its hours by weekday, its projects and agents'
    'status:Show the state of mem: alarms first, then inbox, store, and what is due'
    'sync:Exchange the memory with that of another of one'\''s machines'
    'toc:Browse the table of contents in the terminal'
    'uninstall-schedule:Remove this home'\''s jobs from the system'\''s scheduler'
    'why:Tell which sessions and events are behind a file, a line or a commit'
    'help:show the help'
  )
  _describe -t commands 'command of mem' commands
}

# Completes $2 as if it were a command of its own, $1 words further on.
_mem_below() {
  shift $1 words
  (( CURRENT -= $1 ))
  $2
}

_mem_backup() {
  _arguments -s -S \
    '--dry-run[only say what would be copied]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1:where the backup is, or will be: '
}

_mem_check() {
  _arguments -s -S \
    '--fast[look at files, pointers and members alone]' \
    '--full[compare everything, whatever its age]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_compact() {
  _arguments -s -S \
    '--dry-run[only say what would be removed]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_completion() {
  _arguments -s -S \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1:the shell:(bash zsh fish)'
}

_mem_config() {
  local -a commands
  if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then
    commands=(
      'check:Try the model that summarizes, and say what is wrong'
      'get:Print the value of one setting'
      'set:Change one setting'
    )
    _describe -t commands 'command of mem config' commands
    return
  fi
  _arguments -s -S \
    '--all[also list unchanged settings of jobs]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_config_check() {
  _arguments -s -S \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_config_get() {
  _arguments -s -S \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1:the setting; see them with\: mem config:(min_age keep_versions summarizer store.url store.password_env store.password_file store.password_command openai.base_url openai.model openai.api_key_env openai.api_key_file openai.api_key_command openai.max_prompt_tokens openai.max_answer_tokens openai.reasoning_effort openai.concurrency openai.timeout budget.max_calls_per_run budget.max_tokens_per_run budget.max_calls_per_day budget.max_tokens_per_day budget.max_usd_per_day budget.usd_per_million_prompt_tokens budget.usd_per_million_completion_tokens color sources.connected sources.thinking sources.claude-code.exclude sources.codex.exclude sources.gemini-cli.exclude sources.qwen-code.exclude sources.opencode.exclude sources.copilot-cli.exclude sources.pi.exclude sources.cursor.exclude sources.goose.exclude sources.aider.exclude projects.alias redact.patterns retention.tool_results sync.peers sync.projects jobs.import.cron jobs.import.time_zone jobs.import.jitter jobs.import.time_limit jobs.import.on_failure jobs.sync.cron jobs.sync.time_zone jobs.sync.jitter jobs.sync.time_limit jobs.sync.on_failure jobs.rollup-segment.cron jobs.rollup-segment.time_zone jobs.rollup-segment.jitter jobs.rollup-segment.time_limit jobs.rollup-segment.on_failure jobs.rollup-day.cron jobs.rollup-day.time_zone jobs.rollup-day.jitter jobs.rollup-day.time_limit jobs.rollup-day.on_failure jobs.rollup-week.cron jobs.rollup-week.time_zone jobs.rollup-week.jitter jobs.rollup-week.time_limit jobs.rollup-week.on_failure jobs.rollup-month.cron jobs.rollup-month.time_zone jobs.rollup-month.jitter jobs.rollup-month.time_limit jobs.rollup-month.on_failure jobs.rollup-year.cron jobs.rollup-year.time_zone jobs.rollup-year.jitter jobs.rollup-year.time_limit jobs.rollup-year.on_failure jobs.retention.cron jobs.retention.time_zone jobs.retention.jitter jobs.retention.time_limit jobs.retention.on_failure jobs.compact.cron jobs.compact.time_zone jobs.compact.jitter jobs.compact.time_limit jobs.compact.on_failure time_zone)'
}

_mem_config_set() {
  _arguments -s -S \
    '--base-url=[with summarizer openai: the endpoint]:URL: ' \
    '--model=[its model]:NAME: ' \
    '--api-key-env=[the key is in this variable of the environment]:NAME: ' \
    '--api-key-file=[the key is in this file, which only you can read]:PATH:_files' \
    '--api-key-command=[this command prints the key]:JSON: ' \
    '--local[with summarizer openai: look for a server on this machine (Ollama, llama.cpp, LM Studio)]' \
    '--dry-run[only say what would change]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1:the setting; see them with\: mem config:(min_age keep_versions summarizer store.url store.password_env store.password_file store.password_command openai.base_url openai.model openai.api_key_env openai.api_key_file openai.api_key_command openai.max_prompt_tokens openai.max_answer_tokens openai.reasoning_effort openai.concurrency openai.timeout budget.max_calls_per_run budget.max_tokens_per_run budget.max_calls_per_day budget.max_tokens_per_day budget.max_usd_per_day budget.usd_per_million_prompt_tokens budget.usd_per_million_completion_tokens color sources.connected sources.thinking sources.claude-code.exclude sources.codex.exclude sources.gemini-cli.exclude sources.qwen-code.exclude sources.opencode.exclude sources.copilot-cli.exclude sources.pi.exclude sources.cursor.exclude sources.goose.exclude sources.aider.exclude projects.alias redact.patterns retention.tool_results sync.peers sync.projects jobs.import.cron jobs.import.time_zone jobs.import.jitter jobs.import.time_limit jobs.import.on_failure jobs.sync.cron jobs.sync.time_zone jobs.sync.jitter jobs.sync.time_limit jobs.sync.on_failure jobs.rollup-segment.cron jobs.rollup-segment.time_zone jobs.rollup-segment.jitter jobs.rollup-segment.time_limit jobs.rollup-segment.on_failure jobs.rollup-day.cron jobs.rollup-day.time_zone jobs.rollup-day.jitter jobs.rollup-day.time_limit jobs.rollup-day.on_failure jobs.rollup-week.cron jobs.rollup-week.time_zone jobs.rollup-week.jitter jobs.rollup-week.time_limit jobs.rollup-week.on_failure jobs.rollup-month.cron jobs.rollup-month.time_zone jobs.rollup-month.jitter jobs.rollup-month.time_limit jobs.rollup-month.on_failure jobs.rollup-year.cron jobs.rollup-year.time_zone jobs.rollup-year.jitter jobs.rollup-year.time_limit jobs.rollup-year.on_failure jobs.retention.cron jobs.retention.time_zone jobs.retention.jitter jobs.retention.time_limit jobs.retention.on_failure jobs.compact.cron jobs.compact.time_zone jobs.compact.jitter jobs.compact.time_limit jobs.compact.on_failure time_zone)' \
    '2:its new value: '
}

_mem_connect() {
  _arguments -s -S \
    '--all[every agent that has files on this machine]' \
    '--mcp[let the agent search and read the memory, by the tools of "mem mcp"]' \
    '--no-mcp[take that back]' \
    '--recall[tell the agent where its project stands when a session starts, by "mem recall --hook"]' \
    '--no-recall[take that back]' \
    '--dry-run[only print what would change, as a diff]' \
    '--no-import[import nothing now]' \
    '--no-rollup[roll nothing up after the import]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:claude-code, codex, …; several may be named: '
}

_mem_disconnect() {
  _arguments -s -S \
    '--all[every agent that is connected]' \
    '--dry-run[only print what would change, as a diff]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:claude-code, codex, …; several may be named: '
}

_mem_doctor() {
  _arguments -s -S \
    '--secrets[look for secrets that were stored before mem knew them, and at nothing else]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_events() {
  _arguments -s -S \
    '--from=[starting at a date, a period or an RFC 3339 instant]:WHEN: ' \
    '--to=[up to a date or a period (included), or an instant (excluded)]:WHEN: ' \
    '--session=[only one session, by its id or a beginning of it that no other has]:ID: ' \
    '--role=[only one role]:user|assistant|system|tool:(user assistant system tool)' \
    '--project=[only one project, by its name or, where it is clear, its last part; can be repeated]:NAME: ' \
    '--agent=[only one agent]:NAME: ' \
    '--limit=[print at most N events; default: all]:N: ' \
    '--around=[with an event id: also up to N events before and behind it in its session, at most a day away]:N: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:a node id, an event id, a date or a phrase:(today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year)'
}

_mem_export() {
  _arguments -s -S \
    '--from=[starting at a date, a period or an RFC 3339 instant]:WHEN: ' \
    '--to=[up to a date or a period (included), or an instant (excluded)]:WHEN: ' \
    '--session=[only one session, by its id or a beginning of it that no other has]:ID: ' \
    '--project=[only one project, by its name or, where it is clear, its last part; can be repeated]:NAME: ' \
    '--agent=[only one agent]:NAME: ' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_forget() {
  _arguments -s -S \
    '--event=[only this event, by its id; can be repeated]:ID: ' \
    '--session=[only one session, by its id or a beginning of it that no other has]:ID: ' \
    '--project=[only one project, by its name or, where it is clear, its last part; can be repeated]:NAME: ' \
    '--agent=[only one agent]:NAME: ' \
    '--from=[starting at a date, a period or an RFC 3339 instant]:WHEN: ' \
    '--to=[up to a date or a period (included), or an instant (excluded)]:WHEN: ' \
    '--secrets[replace secrets that are stored by marks, instead of forgetting events]' \
    '--retention[empty tool results as retention.tool_results says, as the daily job does]' \
    '--finish[finish what was begun and cut short, and nothing else]' \
    '--dry-run[only say what would be done]' \
    '--yes[do it without asking]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:words, "phrases", -not: '
}

_mem_import() {
  _arguments -s -S \
    '--since=[only what was said from a date, a period or an instant on]:WHEN: ' \
    '--dry-run[only count what would be read]' \
    '--no-rollup[do not roll up afterwards]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:an agent, a transcript, or a folder:(today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year)'
}

_mem_ingest() {
  _arguments -s -S \
    '--drain[also move the events into the store; waits up to 3 s for it; 75 when the database that holds it is away]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:files of JSON Lines; without files, or for -, stdin:_files'
}

_mem_init() {
  _arguments -s -S \
    '--time-zone=[an IANA time zone such as Europe/Berlin; default: the zone of this machine]:ZONE: ' \
    '--store-url=[make the memory in a database, and have this account use it from now on: postgres://USER@HOST/DATABASE]:URL: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_install_schedule() {
  _arguments -s -S \
    '--backend=[the scheduler; auto: the one in use, otherwise launchd on macOS, systemd if it answers, or cron]:auto|systemd|cron|launchd:(auto systemd cron launchd)' \
    '--print[only print the entries]' \
    '--diff[only print what would change, as a diff]' \
    '--dry-run[only say what would change]' \
    '--allow-ephemeral[accept a mem that will soon be gone: of npx, or in a temporary folder]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_mcp() {
  _arguments -s -S \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_note() {
  _arguments -s -S \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:what is to be remembered: '
}

_mem_rebuild() {
  _arguments -s -S \
    '--dry-run[only say what the journal has]' \
    '--partial[also where the journal has less than the store]' \
    '--time-zone=[the memory'\''s time zone, where the store cannot tell it; default: this machine'\''s]:ZONE: ' \
    '--into=[put what the journal holds into the memory in a database, which keeps what it has; then use it with: mem init --store-url URL]:URL: ' \
    '--from=[make the home'\''s store from its journal and from the memory in a database]:URL: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_recall() {
  _arguments -s -S \
    '--project=[another project than that of the folder]:NAME: ' \
    '--all-projects[all projects]' \
    '--budget=[at most N tokens; default: 600, with QUERY 2000]:N: ' \
    '--hook[read a session-start hook'\''s payload from stdin, and say nothing where the session is resumed]' \
    '--for=[with --hook: print what the hook of this agent takes as an answer]:AGENT:(claude-code codex gemini-cli qwen-code copilot-cli cursor)' \
    '--log[print what was recalled before]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:what it is about: '
}

_mem_repair() {
  _arguments -s -S \
    '--dry-run[only say what is damaged and would be made again]' \
    '--time-zone=[the memory'\''s time zone, where the store cannot tell it; default: this machine'\''s]:ZONE: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_report() {
  _arguments -s -S \
    '--html[print a page]' \
    '--md[print Markdown for chats and comments]' \
    '--project=[only one project, by its name or, where it is clear, its last part; can be repeated]:NAME: ' \
    '--agent=[only one agent]:NAME: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:a date, a phrase or a node id; default\: a standup:(today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year)'
}

_mem_restore() {
  _arguments -s -S \
    '--dry-run[only look whether the backup is whole]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1:where the backup is: '
}

_mem_resume() {
  _arguments -s -S \
    '--run[start the agent in this terminal]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:a session, or a query; default\: the last session here: '
}

_mem_rollup() {
  _arguments -s -S \
    '--level=[roll up to this TOC level, not above it]:year|month|week|day|segment:(year month week day segment)' \
    '--redo=[make nodes of this kind again, even if nothing changed]:KIND:(fallback extractive openai all)' \
    '--from=[with --redo: only nodes starting at a date, a period or an instant]:WHEN: ' \
    '--to=[with --redo: only nodes up to a date or a period (included), or an instant (excluded)]:WHEN: ' \
    '--dry-run[only print the plan]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_schedule() {
  local -a commands
  if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then
    commands=(
      'log:Show the log of the runs that the scheduler started'
      'next:List the next times at which the jobs are due'
      'pause:Pause a job: it skips its slots until it is resumed'
      'resume:Resume a paused job'
      'run:Run a job if it is due; the scheduler'\''s entries call this'
      'status:Show the state of the jobs: last run, result, next run, and the installed schedule'
    )
    _describe -t commands 'command of mem schedule' commands
    return
  fi
  _arguments -s -S \
    '--check[exit with 69 if a job failed or is overdue, or entries are gone or changed; for monitoring]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_schedule_log() {
  _arguments -s -S \
    '(-n --number)'{-n,--number=}'[show the last N entries]:N: ' \
    '--job=[only entries that name this job]:import|sync|rollup-segment|rollup-day|rollup-week|rollup-month|rollup-year|retention|compact:(import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact)' \
    '--all[also show wake-ups]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_schedule_next() {
  _arguments -s -S \
    '(-n --number)'{-n,--number=}'[how many slots of each job; default: 1, or 5 for a single job]:N: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1::only this job:(import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact)'
}

_mem_schedule_pause() {
  _arguments -s -S \
    '--all[all jobs]' \
    '--until=[resume automatically after a duration (2h, 3 days), or when this begins: tomorrow, monday, next week, a date, a period, an instant]:WHEN: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1::the job:(import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact)'
}

_mem_schedule_resume() {
  _arguments -s -S \
    '--all[all jobs]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1::the job:(import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact)'
}

_mem_schedule_run() {
  _arguments -s -S \
    '--due[run all jobs that are due]' \
    '--missed[run the jobs whose own wake-up did not come]' \
    '--jitter=[first wait a random time of up to SECONDS]:SECONDS: ' \
    '--via=[the scheduler that starts it]:systemd|cron|launchd:(systemd cron launchd)' \
    '--now[run the job even if it is not due or is paused]' \
    '--asked[like --now, unless a timer of systemd started it; for systemd'\''s services]' \
    '--strict[exit with 75 when the job is skipped]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1::the job:(import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact)'
}

_mem_schedule_status() {
  _arguments -s -S \
    '--check[exit with 69 if a job failed or is overdue, or entries are gone or changed; for monitoring]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1::only this job:(import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact)'
}

_mem_search() {
  _arguments -s -S \
    '--from=[starting at a date, a period or an RFC 3339 instant]:WHEN: ' \
    '--to=[up to a date or a period (included), or an instant (excluded)]:WHEN: ' \
    '--project=[only one project, by its name or, where it is clear, its last part; can be repeated]:NAME: ' \
    '--agent=[only one agent]:NAME: ' \
    '--session=[only one session, by its id or a beginning of it that no other has]:ID: ' \
    '--role=[only one role]:user|assistant|system|tool:(user assistant system tool)' \
    '--branch=[only one branch]:NAME: ' \
    '--by=[what a hit is: an event, or the best one of each session, day or segment]:event|session|day|segment:(event session day segment)' \
    '--limit=[at most N hits]:N: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:words, "phrases", -not: '
}

_mem_stats() {
  _arguments -s -S \
    '--svg[print the heat map as an SVG picture]' \
    '--project=[only one project, by its name or, where it is clear, its last part; can be repeated]:NAME: ' \
    '--agent=[only one agent]:NAME: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:a year; default\: this year: '
}

_mem_status() {
  _arguments -s -S \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_sync() {
  _arguments -s -S \
    '--dry-run[only say what would be exchanged]' \
    '--serve[answer the mem sync of another machine over stdin and stdout; ssh starts it]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1::a folder, or ssh\://[user@]HOST[\:port][/home]; without it, all of sync.peers: '
}

_mem_toc() {
  local -a commands
  if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then
    commands=(
      'list:List stored nodes in time order'
      'log:Show the versions of a node, newest first: when, by which summarizer, what changed'
      'show:Show a part of the table of contents as a tree'
    )
    _describe -t commands 'command of mem toc' commands
    return
  fi
  _arguments -s -S \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_toc_list() {
  _arguments -s -S \
    '--level=[only nodes of one TOC level]:year|month|week|day|segment:(year month week day segment)' \
    '--from=[starting at a date, a period or an RFC 3339 instant]:WHEN: ' \
    '--to=[up to a date or a period (included), or an instant (excluded)]:WHEN: ' \
    '--provisional[also make nodes on the fly where none is stored yet]' \
    '--project=[only one project, by its name or, where it is clear, its last part; can be repeated]:NAME: ' \
    '--agent=[only one agent]:NAME: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_toc_log() {
  _arguments -s -S \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:a date, a phrase or a node id:(today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year)'
}

_mem_toc_show() {
  _arguments -s -S \
    '--depth=[how many TOC levels below the node to show; default: 2 for a year, else 1]:N: ' \
    '--project=[only one project, by its name or, where it is clear, its last part; can be repeated]:NAME: ' \
    '--agent=[only one agent]:NAME: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '*:a date, a phrase or a node id; default\: this year:(today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year)'
}

_mem_uninstall_schedule() {
  _arguments -s -S \
    '--dry-run[only say what would be removed]' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]'
}

_mem_why() {
  _arguments -s -S \
    '--project=[only one project, by its name or, where it is clear, its last part; can be repeated]:NAME: ' \
    '--agent=[only one agent]:NAME: ' \
    '--all-projects[all projects]' \
    '--limit=[at most N events]:N: ' \
    '--json[print JSON, for programs]' \
    '--store=[mem'\''s home, the folder with the inbox and the store; also MEM_HOME]:FOLDER:_files -/' \
    '--color=[colour in text; also MEM_COLOR]:auto|always|never:(auto always never)' \
    '(-h --help)'{-h,--help}'[show the help]' \
    '1:FILE, FILE\:LINE or a commit:(today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year)'
}

if [[ $funcstack[1] == _mem ]]; then
  _mem "$@"
else
  compdef _mem mem
fi
