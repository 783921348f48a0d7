#!/bin/sh
# What the hooks of the plugin run: what they say goes into the memory's inbox, where the next "mem import" finds it. It needs no mem, prints
# nothing and always succeeds: no agent waits or fails because of it. "mem connect" writes one with absolute paths instead.
exec 2>/dev/null
PATH=/usr/bin:/bin:$PATH
umask 077
case $MEM_HOME:$XDG_DATA_HOME:$(uname) in
  '~'*) home=$HOME${MEM_HOME#?} ;;
  /*) home=$MEM_HOME ;;
  :*:Darwin) home="$HOME/Library/Application Support/mem" ;;
  :/*) home=$XDG_DATA_HOME/mem ;;
  *) home=$HOME/.local/share/mem ;;
esac
case $home in /*) ;; *) exit 0 ;; esac
raw=$home/inbox/raw
case $1 in *[!a-z0-9-]* | '') agent=unknown ;; *) agent=$1 ;; esac
[ -d "$raw" ] || mkdir -p "$raw" || exit 0
bell=$(mktemp "$raw/.bell.$agent.XXXXXXXXXX") || exit 0
cat >"$bell" || { rm -f "$bell"; exit 0; }
sync "$bell" || sync
mv "$bell" "$raw/$(date +%s).$agent.${bell##*.}"
sync "$raw" || sync
exit 0
