# Completion of mem for bash, written by: mem completion bash
_mem() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev='' first='' second='' command='' from=1 at=0 i
  ((COMP_CWORD > 0)) && prev=${COMP_WORDS[COMP_CWORD - 1]}
  # Bash makes "=" a word of its own.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  ((COMP_CWORD > 1)) && first=${COMP_WORDS[1]}
  ((COMP_CWORD > 2)) && second=${COMP_WORDS[2]}
  case "$first $second" in
    'config check' | 'config get' | 'config set' | 'schedule log' | 'schedule next' | 'schedule pause' | 'schedule resume' | 'schedule run' | 'schedule status' | 'toc list' | 'toc log' | 'toc show')
      command="$first $second" from=3 ;;
    *)
      case "$first" in
        backup | check | compact | completion | config | connect | disconnect | doctor | events | export | forget | import | ingest | init | install-schedule | mcp | note | rebuild | recall | repair | report | restore | resume | rollup | schedule | search | stats | status | sync | toc | uninstall-schedule | why) command=$first from=2 ;;
        ?*) return ;;
      esac ;;
  esac
  # How many arguments stand before the one that is typed: flags and their values do not count.
  for ((i = from; i < COMP_CWORD; i++)); do
    case "${COMP_WORDS[i]}" in
      --agent | --api-key-command | --api-key-env | --api-key-file | --around | --backend | --base-url | --branch | --budget | --by | --color | --depth | --event | --for | --from | --into | --jitter | --job | --level | --limit | --model | --number | --project | --redo | --role | --session | --since | --store | --store-url | --time-zone | --to | --until | --via | -n)
        [[ ${COMP_WORDS[i + 1]-} == = ]] && ((i++))
        ((i++)) ;;
      -*) ;;
      *) ((at++)) ;;
    esac
  done
  case "$command:$prev" in
    'backup:--store')
      _mem_paths -d
      return ;;
    'backup:--color')
      _mem_words auto always never
      return ;;
    'check:--store')
      _mem_paths -d
      return ;;
    'check:--color')
      _mem_words auto always never
      return ;;
    'compact:--store')
      _mem_paths -d
      return ;;
    'compact:--color')
      _mem_words auto always never
      return ;;
    'completion:--store')
      _mem_paths -d
      return ;;
    'completion:--color')
      _mem_words auto always never
      return ;;
    'config:--store')
      _mem_paths -d
      return ;;
    'config:--color')
      _mem_words auto always never
      return ;;
    'config check:--store')
      _mem_paths -d
      return ;;
    'config check:--color')
      _mem_words auto always never
      return ;;
    'config get:--store')
      _mem_paths -d
      return ;;
    'config get:--color')
      _mem_words auto always never
      return ;;
    'config set:--base-url')
      COMPREPLY=()
      return ;;
    'config set:--model')
      COMPREPLY=()
      return ;;
    'config set:--api-key-env')
      COMPREPLY=()
      return ;;
    'config set:--api-key-file')
      _mem_paths -f
      return ;;
    'config set:--api-key-command')
      COMPREPLY=()
      return ;;
    'config set:--store')
      _mem_paths -d
      return ;;
    'config set:--color')
      _mem_words auto always never
      return ;;
    'connect:--store')
      _mem_paths -d
      return ;;
    'connect:--color')
      _mem_words auto always never
      return ;;
    'disconnect:--store')
      _mem_paths -d
      return ;;
    'disconnect:--color')
      _mem_words auto always never
      return ;;
    'doctor:--store')
      _mem_paths -d
      return ;;
    'doctor:--color')
      _mem_words auto always never
      return ;;
    'events:--from')
      COMPREPLY=()
      return ;;
    'events:--to')
      COMPREPLY=()
      return ;;
    'events:--session')
      COMPREPLY=()
      return ;;
    'events:--role')
      _mem_words user assistant system tool
      return ;;
    'events:--project')
      COMPREPLY=()
      return ;;
    'events:--agent')
      COMPREPLY=()
      return ;;
    'events:--limit')
      COMPREPLY=()
      return ;;
    'events:--around')
      COMPREPLY=()
      return ;;
    'events:--store')
      _mem_paths -d
      return ;;
    'events:--color')
      _mem_words auto always never
      return ;;
    'export:--from')
      COMPREPLY=()
      return ;;
    'export:--to')
      COMPREPLY=()
      return ;;
    'export:--session')
      COMPREPLY=()
      return ;;
    'export:--project')
      COMPREPLY=()
      return ;;
    'export:--agent')
      COMPREPLY=()
      return ;;
    'export:--store')
      _mem_paths -d
      return ;;
    'export:--color')
      _mem_words auto always never
      return ;;
    'forget:--event')
      COMPREPLY=()
      return ;;
    'forget:--session')
      COMPREPLY=()
      return ;;
    'forget:--project')
      COMPREPLY=()
      return ;;
    'forget:--agent')
      COMPREPLY=()
      return ;;
    'forget:--from')
      COMPREPLY=()
      return ;;
    'forget:--to')
      COMPREPLY=()
      return ;;
    'forget:--store')
      _mem_paths -d
      return ;;
    'forget:--color')
      _mem_words auto always never
      return ;;
    'import:--since')
      COMPREPLY=()
      return ;;
    'import:--store')
      _mem_paths -d
      return ;;
    'import:--color')
      _mem_words auto always never
      return ;;
    'ingest:--store')
      _mem_paths -d
      return ;;
    'ingest:--color')
      _mem_words auto always never
      return ;;
    'init:--time-zone')
      COMPREPLY=()
      return ;;
    'init:--store-url')
      COMPREPLY=()
      return ;;
    'init:--store')
      _mem_paths -d
      return ;;
    'init:--color')
      _mem_words auto always never
      return ;;
    'install-schedule:--backend')
      _mem_words auto systemd cron launchd
      return ;;
    'install-schedule:--store')
      _mem_paths -d
      return ;;
    'install-schedule:--color')
      _mem_words auto always never
      return ;;
    'mcp:--store')
      _mem_paths -d
      return ;;
    'mcp:--color')
      _mem_words auto always never
      return ;;
    'note:--store')
      _mem_paths -d
      return ;;
    'note:--color')
      _mem_words auto always never
      return ;;
    'rebuild:--time-zone')
      COMPREPLY=()
      return ;;
    'rebuild:--into')
      COMPREPLY=()
      return ;;
    'rebuild:--from')
      COMPREPLY=()
      return ;;
    'rebuild:--store')
      _mem_paths -d
      return ;;
    'rebuild:--color')
      _mem_words auto always never
      return ;;
    'recall:--project')
      COMPREPLY=()
      return ;;
    'recall:--budget')
      COMPREPLY=()
      return ;;
    'recall:--for')
      _mem_words claude-code codex gemini-cli qwen-code copilot-cli cursor
      return ;;
    'recall:--store')
      _mem_paths -d
      return ;;
    'recall:--color')
      _mem_words auto always never
      return ;;
    'repair:--time-zone')
      COMPREPLY=()
      return ;;
    'repair:--store')
      _mem_paths -d
      return ;;
    'repair:--color')
      _mem_words auto always never
      return ;;
    'report:--project')
      COMPREPLY=()
      return ;;
    'report:--agent')
      COMPREPLY=()
      return ;;
    'report:--store')
      _mem_paths -d
      return ;;
    'report:--color')
      _mem_words auto always never
      return ;;
    'restore:--store')
      _mem_paths -d
      return ;;
    'restore:--color')
      _mem_words auto always never
      return ;;
    'resume:--store')
      _mem_paths -d
      return ;;
    'resume:--color')
      _mem_words auto always never
      return ;;
    'rollup:--level')
      _mem_words year month week day segment
      return ;;
    'rollup:--redo')
      _mem_words fallback extractive openai all
      return ;;
    'rollup:--from')
      COMPREPLY=()
      return ;;
    'rollup:--to')
      COMPREPLY=()
      return ;;
    'rollup:--store')
      _mem_paths -d
      return ;;
    'rollup:--color')
      _mem_words auto always never
      return ;;
    'schedule:--store')
      _mem_paths -d
      return ;;
    'schedule:--color')
      _mem_words auto always never
      return ;;
    'schedule log:--number' | 'schedule log:-n')
      COMPREPLY=()
      return ;;
    'schedule log:--job')
      _mem_words import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact
      return ;;
    'schedule log:--store')
      _mem_paths -d
      return ;;
    'schedule log:--color')
      _mem_words auto always never
      return ;;
    'schedule next:--number' | 'schedule next:-n')
      COMPREPLY=()
      return ;;
    'schedule next:--store')
      _mem_paths -d
      return ;;
    'schedule next:--color')
      _mem_words auto always never
      return ;;
    'schedule pause:--until')
      COMPREPLY=()
      return ;;
    'schedule pause:--store')
      _mem_paths -d
      return ;;
    'schedule pause:--color')
      _mem_words auto always never
      return ;;
    'schedule resume:--store')
      _mem_paths -d
      return ;;
    'schedule resume:--color')
      _mem_words auto always never
      return ;;
    'schedule run:--jitter')
      COMPREPLY=()
      return ;;
    'schedule run:--via')
      _mem_words systemd cron launchd
      return ;;
    'schedule run:--store')
      _mem_paths -d
      return ;;
    'schedule run:--color')
      _mem_words auto always never
      return ;;
    'schedule status:--store')
      _mem_paths -d
      return ;;
    'schedule status:--color')
      _mem_words auto always never
      return ;;
    'search:--from')
      COMPREPLY=()
      return ;;
    'search:--to')
      COMPREPLY=()
      return ;;
    'search:--project')
      COMPREPLY=()
      return ;;
    'search:--agent')
      COMPREPLY=()
      return ;;
    'search:--session')
      COMPREPLY=()
      return ;;
    'search:--role')
      _mem_words user assistant system tool
      return ;;
    'search:--branch')
      COMPREPLY=()
      return ;;
    'search:--by')
      _mem_words event session day segment
      return ;;
    'search:--limit')
      COMPREPLY=()
      return ;;
    'search:--store')
      _mem_paths -d
      return ;;
    'search:--color')
      _mem_words auto always never
      return ;;
    'stats:--project')
      COMPREPLY=()
      return ;;
    'stats:--agent')
      COMPREPLY=()
      return ;;
    'stats:--store')
      _mem_paths -d
      return ;;
    'stats:--color')
      _mem_words auto always never
      return ;;
    'status:--store')
      _mem_paths -d
      return ;;
    'status:--color')
      _mem_words auto always never
      return ;;
    'sync:--store')
      _mem_paths -d
      return ;;
    'sync:--color')
      _mem_words auto always never
      return ;;
    'toc:--store')
      _mem_paths -d
      return ;;
    'toc:--color')
      _mem_words auto always never
      return ;;
    'toc list:--level')
      _mem_words year month week day segment
      return ;;
    'toc list:--from')
      COMPREPLY=()
      return ;;
    'toc list:--to')
      COMPREPLY=()
      return ;;
    'toc list:--project')
      COMPREPLY=()
      return ;;
    'toc list:--agent')
      COMPREPLY=()
      return ;;
    'toc list:--store')
      _mem_paths -d
      return ;;
    'toc list:--color')
      _mem_words auto always never
      return ;;
    'toc log:--store')
      _mem_paths -d
      return ;;
    'toc log:--color')
      _mem_words auto always never
      return ;;
    'toc show:--depth')
      COMPREPLY=()
      return ;;
    'toc show:--project')
      COMPREPLY=()
      return ;;
    'toc show:--agent')
      COMPREPLY=()
      return ;;
    'toc show:--store')
      _mem_paths -d
      return ;;
    'toc show:--color')
      _mem_words auto always never
      return ;;
    'uninstall-schedule:--store')
      _mem_paths -d
      return ;;
    'uninstall-schedule:--color')
      _mem_words auto always never
      return ;;
    'why:--project')
      COMPREPLY=()
      return ;;
    'why:--agent')
      COMPREPLY=()
      return ;;
    'why:--limit')
      COMPREPLY=()
      return ;;
    'why:--store')
      _mem_paths -d
      return ;;
    'why:--color')
      _mem_words auto always never
      return ;;
  esac
  if [[ $cur == -* ]]; then
    case "$command" in
      '') _mem_words --help --version ;;
      'backup') _mem_words --dry-run --json --store --color --help -h ;;
      'check') _mem_words --fast --full --json --store --color --help -h ;;
      'compact') _mem_words --dry-run --json --store --color --help -h ;;
      'completion') _mem_words --store --color --help -h ;;
      'config') _mem_words --all --json --store --color --help -h ;;
      'config check') _mem_words --json --store --color --help -h ;;
      'config get') _mem_words --json --store --color --help -h ;;
      'config set') _mem_words --base-url --model --api-key-env --api-key-file --api-key-command --local --dry-run --json --store --color --help -h ;;
      'connect') _mem_words --all --mcp --no-mcp --recall --no-recall --dry-run --no-import --no-rollup --json --store --color --help -h ;;
      'disconnect') _mem_words --all --dry-run --json --store --color --help -h ;;
      'doctor') _mem_words --secrets --json --store --color --help -h ;;
      'events') _mem_words --from --to --session --role --project --agent --limit --around --json --store --color --help -h ;;
      'export') _mem_words --from --to --session --project --agent --store --color --help -h ;;
      'forget') _mem_words --event --session --project --agent --from --to --secrets --retention --finish --dry-run --yes --json --store --color --help -h ;;
      'import') _mem_words --since --dry-run --no-rollup --json --store --color --help -h ;;
      'ingest') _mem_words --drain --json --store --color --help -h ;;
      'init') _mem_words --time-zone --store-url --json --store --color --help -h ;;
      'install-schedule') _mem_words --backend --print --diff --dry-run --allow-ephemeral --json --store --color --help -h ;;
      'mcp') _mem_words --store --color --help -h ;;
      'note') _mem_words --json --store --color --help -h ;;
      'rebuild') _mem_words --dry-run --partial --time-zone --into --from --json --store --color --help -h ;;
      'recall') _mem_words --project --all-projects --budget --hook --for --log --json --store --color --help -h ;;
      'repair') _mem_words --dry-run --time-zone --json --store --color --help -h ;;
      'report') _mem_words --html --md --project --agent --json --store --color --help -h ;;
      'restore') _mem_words --dry-run --json --store --color --help -h ;;
      'resume') _mem_words --run --json --store --color --help -h ;;
      'rollup') _mem_words --level --redo --from --to --dry-run --json --store --color --help -h ;;
      'schedule') _mem_words --check --json --store --color --help -h ;;
      'schedule log') _mem_words --number -n --job --all --json --store --color --help -h ;;
      'schedule next') _mem_words --number -n --json --store --color --help -h ;;
      'schedule pause') _mem_words --all --until --json --store --color --help -h ;;
      'schedule resume') _mem_words --all --json --store --color --help -h ;;
      'schedule run') _mem_words --due --missed --jitter --via --now --asked --strict --json --store --color --help -h ;;
      'schedule status') _mem_words --check --json --store --color --help -h ;;
      'search') _mem_words --from --to --project --agent --session --role --branch --by --limit --json --store --color --help -h ;;
      'stats') _mem_words --svg --project --agent --json --store --color --help -h ;;
      'status') _mem_words --json --store --color --help -h ;;
      'sync') _mem_words --dry-run --serve --json --store --color --help -h ;;
      'toc') _mem_words --store --color --help -h ;;
      'toc list') _mem_words --level --from --to --provisional --project --agent --json --store --color --help -h ;;
      'toc log') _mem_words --json --store --color --help -h ;;
      'toc show') _mem_words --depth --project --agent --json --store --color --help -h ;;
      'uninstall-schedule') _mem_words --dry-run --json --store --color --help -h ;;
      'why') _mem_words --project --agent --all-projects --limit --json --store --color --help -h ;;
    esac
    return
  fi
  case "$command:$at" in
    ':0') _mem_words backup check compact completion config connect disconnect doctor events export forget import ingest init install-schedule mcp note rebuild recall repair report restore resume rollup schedule search stats status sync toc uninstall-schedule why help ;;
    'backup:'0) COMPREPLY=() ;;
    'completion:'0) _mem_words bash zsh fish ;;
    'config:0') _mem_words check get set ;;
    'config get:'0) _mem_words min_age keep_versions summarizer store.url store.password_env store.password_file store.password_command openai.base_url openai.model openai.api_key_env openai.api_key_file openai.api_key_command openai.max_prompt_tokens openai.max_answer_tokens openai.reasoning_effort openai.concurrency openai.timeout budget.max_calls_per_run budget.max_tokens_per_run budget.max_calls_per_day budget.max_tokens_per_day budget.max_usd_per_day budget.usd_per_million_prompt_tokens budget.usd_per_million_completion_tokens color sources.connected sources.thinking sources.claude-code.exclude sources.codex.exclude sources.gemini-cli.exclude sources.qwen-code.exclude sources.opencode.exclude sources.copilot-cli.exclude sources.pi.exclude sources.cursor.exclude sources.goose.exclude sources.aider.exclude projects.alias redact.patterns retention.tool_results sync.peers sync.projects jobs.import.cron jobs.import.time_zone jobs.import.jitter jobs.import.time_limit jobs.import.on_failure jobs.sync.cron jobs.sync.time_zone jobs.sync.jitter jobs.sync.time_limit jobs.sync.on_failure jobs.rollup-segment.cron jobs.rollup-segment.time_zone jobs.rollup-segment.jitter jobs.rollup-segment.time_limit jobs.rollup-segment.on_failure jobs.rollup-day.cron jobs.rollup-day.time_zone jobs.rollup-day.jitter jobs.rollup-day.time_limit jobs.rollup-day.on_failure jobs.rollup-week.cron jobs.rollup-week.time_zone jobs.rollup-week.jitter jobs.rollup-week.time_limit jobs.rollup-week.on_failure jobs.rollup-month.cron jobs.rollup-month.time_zone jobs.rollup-month.jitter jobs.rollup-month.time_limit jobs.rollup-month.on_failure jobs.rollup-year.cron jobs.rollup-year.time_zone jobs.rollup-year.jitter jobs.rollup-year.time_limit jobs.rollup-year.on_failure jobs.retention.cron jobs.retention.time_zone jobs.retention.jitter jobs.retention.time_limit jobs.retention.on_failure jobs.compact.cron jobs.compact.time_zone jobs.compact.jitter jobs.compact.time_limit jobs.compact.on_failure time_zone ;;
    'config set:'0) _mem_words min_age keep_versions summarizer store.url store.password_env store.password_file store.password_command openai.base_url openai.model openai.api_key_env openai.api_key_file openai.api_key_command openai.max_prompt_tokens openai.max_answer_tokens openai.reasoning_effort openai.concurrency openai.timeout budget.max_calls_per_run budget.max_tokens_per_run budget.max_calls_per_day budget.max_tokens_per_day budget.max_usd_per_day budget.usd_per_million_prompt_tokens budget.usd_per_million_completion_tokens color sources.connected sources.thinking sources.claude-code.exclude sources.codex.exclude sources.gemini-cli.exclude sources.qwen-code.exclude sources.opencode.exclude sources.copilot-cli.exclude sources.pi.exclude sources.cursor.exclude sources.goose.exclude sources.aider.exclude projects.alias redact.patterns retention.tool_results sync.peers sync.projects jobs.import.cron jobs.import.time_zone jobs.import.jitter jobs.import.time_limit jobs.import.on_failure jobs.sync.cron jobs.sync.time_zone jobs.sync.jitter jobs.sync.time_limit jobs.sync.on_failure jobs.rollup-segment.cron jobs.rollup-segment.time_zone jobs.rollup-segment.jitter jobs.rollup-segment.time_limit jobs.rollup-segment.on_failure jobs.rollup-day.cron jobs.rollup-day.time_zone jobs.rollup-day.jitter jobs.rollup-day.time_limit jobs.rollup-day.on_failure jobs.rollup-week.cron jobs.rollup-week.time_zone jobs.rollup-week.jitter jobs.rollup-week.time_limit jobs.rollup-week.on_failure jobs.rollup-month.cron jobs.rollup-month.time_zone jobs.rollup-month.jitter jobs.rollup-month.time_limit jobs.rollup-month.on_failure jobs.rollup-year.cron jobs.rollup-year.time_zone jobs.rollup-year.jitter jobs.rollup-year.time_limit jobs.rollup-year.on_failure jobs.retention.cron jobs.retention.time_zone jobs.retention.jitter jobs.retention.time_limit jobs.retention.on_failure jobs.compact.cron jobs.compact.time_zone jobs.compact.jitter jobs.compact.time_limit jobs.compact.on_failure time_zone ;;
    'config set:'1) COMPREPLY=() ;;
    'connect:'*) COMPREPLY=() ;;
    'disconnect:'*) COMPREPLY=() ;;
    'events:'*) _mem_words today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year ;;
    'forget:'*) COMPREPLY=() ;;
    'import:'*) _mem_words today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year ;;
    'ingest:'*) _mem_paths -f ;;
    'note:'*) COMPREPLY=() ;;
    'recall:'*) COMPREPLY=() ;;
    'report:'*) _mem_words today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year ;;
    'restore:'0) COMPREPLY=() ;;
    'resume:'*) COMPREPLY=() ;;
    'schedule:0') _mem_words log next pause resume run status ;;
    'schedule next:'0) _mem_words import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact ;;
    'schedule pause:'0) _mem_words import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact ;;
    'schedule resume:'0) _mem_words import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact ;;
    'schedule run:'0) _mem_words import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact ;;
    'schedule status:'0) _mem_words import sync rollup-segment rollup-day rollup-week rollup-month rollup-year retention compact ;;
    'search:'*) COMPREPLY=() ;;
    'stats:'*) COMPREPLY=() ;;
    'sync:'0) COMPREPLY=() ;;
    'toc:0') _mem_words list log show ;;
    'toc log:'*) _mem_words today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year ;;
    'toc show:'*) _mem_words today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year ;;
    'why:'0) _mem_words today yesterday monday tuesday wednesday thursday friday saturday sunday this last day week month year ;;
  esac
}

# Offers the words that begin as what is typed does.
_mem_words() {
  local IFS=$' \t\n'
  COMPREPLY=($(compgen -W "$*" -- "$cur"))
}

# Offers files (-f) or folders (-d).
_mem_paths() {
  local IFS=$'\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$cur"))
}

complete -F _mem mem
