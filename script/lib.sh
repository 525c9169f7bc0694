# shellcheck shell=bash
# Shared by the scripts beside it; sourced, never run.
# Written for bash 3.2, which is what macOS has.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
DATA="$ROOT/.data"
cd "$ROOT" || exit
mkdir -p "$DATA"
chmod 700 "$DATA"

say() { printf '%s\n' "$*"; }
die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# One at a time, by name. The symbolic link stands in where there is no flock:
# making it is atomic, and it carries the pid of its holder.
lock() {
  if command -v flock >/dev/null; then
    exec 9>"$DATA/$1.lock"
    flock 9
    return
  fi
  local link="$DATA/$1.lock.pid" holder
  until ln -sn "$$" "$link" 2>/dev/null; do
    holder="$(readlink "$link" || true)"
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then rm -f "$link"; fi
    sleep 0.2
  done
}

unlock() {
  if [ "$(readlink "$DATA/$1.lock.pid" 2>/dev/null || true)" = "$$" ]; then
    rm -f "$DATA/$1.lock.pid"
  fi
}

# Exports the NAME=value lines of a file. What the environment already has wins.
load_env() {
  local line name
  [ -f "$1" ] || return 0
  while IFS= read -r line; do
    name="${line%%=*}"
    case "$line" in '' | '#'*) continue ;; esac
    [ -n "${!name:-}" ] || export "$name=${line#*=}"
  done <"$1"
}

# Plain bash for these, so that a bare machine needs neither curl nor a client.
listening() { (exec 3<>"/dev/tcp/${2:-127.0.0.1}/$1") 2>/dev/null; }

answers_http() {
  (
    exec 3<>"/dev/tcp/$1/$2"
    printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$3" "$1" >&3
    IFS= read -r -t 5 status <&3
    [[ "$status" == 'HTTP/1.1 200'* ]]
  ) 2>/dev/null
}

need_node() {
  command -v node >/dev/null ||
    die 'Node.js 20.19 or newer is needed, and no "node" is on the PATH. See https://nodejs.org/'
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    die "Node.js 20.19 or newer is needed; this is $(node --version)."
}

# npm writes node_modules/.package-lock.json last, so it is also missing after
# an installation that was cut off.
install_packages() (
  stamp=node_modules/.package-lock.json
  lock packages
  trap 'unlock packages' EXIT
  if [ ! -f "$stamp" ] || [ "$stamp" -ot package-lock.json ]; then
    say 'Installing packages (npm ci) ...'
    npm ci --include=dev --no-progress --loglevel=error
    touch "$stamp"
  fi
)

# Starts a command and sets $started to its pid. It gets a process group of its
# own: Ctrl-C then comes to the script alone, which tells the others, in order.
start() {
  set -m
  "$@" </dev/null &
  started=$!
  set +m
}

# Runs a command to its end, but leaves the script free to hear a signal meanwhile.
task=''
run() {
  local code=0
  start "$@"
  task=$started
  wait "$task" || code=$?
  task=''
  return "$code"
}

# Ends what was started: asks, waits up to 20 seconds, then insists.
end() {
  local pid tick
  for pid in "$@"; do kill -TERM "$pid" 2>/dev/null || true; done
  for ((tick = 0; tick < 200; tick++)); do
    for pid in "$@"; do
      if kill -0 "$pid" 2>/dev/null; then
        sleep 0.1
        continue 2
      fi
    done
    break
  done
  for pid in "$@"; do kill -KILL -- "-$pid" 2>/dev/null || true; done
}
