"""POSIX shell scripts that publish to a folder on a host. Each gets the path of the folder as ``$1``."""

from __future__ import annotations

from enum import IntEnum

from plugins.publishing.release.inventory import ID_DIGITS, PATH
from plugins.publishing.targets.claim import MARK, NAMED


class Status(IntEnum):
    """The exit statuses of the scripts."""

    NOT_KEPT = 20
    DAMAGED = 21
    LOCKED = 22
    LACKING = 23
    IN_THE_WAY = 24
    NOT_OURS = 25


#: Defines is_id (whether $1 is a release id) and is_link (whether $1 is a link target such as that of `current`).
OURS = f"""
export LC_ALL=C
is_id() {{
  case $1 in *[!0-9a-f]*) return 1;; esac
  [ ${{#1}} -eq {ID_DIGITS} ]
}}
is_link() {{
  case $1 in releases/*) is_id "${{1#releases/}}";; *) return 1;; esac
}}
"""
#: Defines whole, which reads checksums and exits unless the folder $1 holds those files.
WHOLE = f"""
export LC_ALL=C
whole() {{
  [ -d "$1" ] || return 1
  wrong=$(cd "$1" && sha256sum -c - 2>&1 | grep -v ': OK$' | head -n 3)
  [ -z "$wrong" ] || {{ printf '%s\\n' "$wrong" >&2; return {Status.DAMAGED}; }}
}}
"""
#: $2: the owner; $3: the text of the mark. Marks the place and holds its lock until its input ends; see ``claim.py``.
#: Waits for the commands of a dead run that are still running.
LOCK = (
    OURS
    + f"""
for program in rsync flock sha256sum; do
  command -v $program >/dev/null || {{ echo $program >&2; exit {Status.LACKING}; }}
done
says=locked
if [ -d "$1" ] && [ ! -e "$1/{MARK}" ]; then
  others=$(ls -A "$1") || exit
  if [ -n "$others" ]; then
    for list in "$1"/releases/*/{PATH}; do
      id=${{list%/{PATH}}}
      id=${{id##*/}}
      if is_id "$id" && grep -qF '"id": "'"$id"'"' "$list"; then says=adopted; fi
    done
    [ $says = adopted ] || {{ printf '%s\\n' "$others" | head -n {NAMED} >&2; exit {Status.NOT_OURS}; }}
  fi
fi
mkdir -p "$1" && cd "$1" || exit
exec 8>>{MARK} || exit
mkdir -p releases || exit
flock -n 8 || {{ tail -n 1 {MARK} >&2; exit {Status.LOCKED}; }}
printf '%s%s process %s there,\\n' "$3" "$2" $$ >{MARK}
flock -w 60 .busy true || {{ echo 'a run that was cut off' >&2; exit {Status.LOCKED}; }}
echo $says
exec cat >/dev/null
"""
)
READ = """
echo reading
exec cat >/dev/null
"""
LIVE = (
    OURS
    + f"""
[ -e "$1/current" ] || [ -L "$1/current" ] || exit 0
cd "$1" || exit
link=$(readlink current) && is_link "$link" || exit {Status.IN_THE_WAY}
echo "$link"
exec cat current/{PATH}
"""
)
KEPT = """
[ -d "$1/releases" ] || exit 0
cd "$1/releases" || exit
readlink ../current || echo
for record in *.sha256; do
  [ ! -d "${record%.sha256}" ] || stat -c '%n %Y' "$record"
done
"""
#: $2: the release id.
INVENTORY = f"""
[ -d "$1/releases/$2" ] || exit {Status.NOT_KEPT}
exec cat "$1/releases/$2/{PATH}"
"""
#: $2: the release id. Prints nothing if the release is there and complete, else the folder to fill. Waits so that no
#: two releases have the same second, because servers compute ETags from a file's time and size.
PREPARE = (
    WHOLE
    + """
cd "$1/releases" || exit
last=$(stat -c %Y ./*.sha256 2>/dev/null | sort -n | tail -n 1)
[ "$(date +%s)" != "$last" ] || sleep 1
if [ -f "$2.sha256" ] && whole "$2" <"$2.sha256" 2>/dev/null; then touch "$2.sha256"; exit; fi
if [ -d "$2" ]; then echo "$2"; else mkdir -p ".new-$2" && echo ".new-$2"; fi
"""
)
#: $2: the folder that was filled. The input: the paths of the live release that open pages may still request.
INHERIT = """
cd "$1" || exit
while IFS= read -r path; do
  [ -f "current/$path" ] || continue
  mkdir -p "releases/$2/$(dirname "$path")" && ln -f "current/$path" "releases/$2/$path" || exit
done
"""
#: $2: the release id; $3: the folder that was filled. The input: its checksums.
FINISH = (
    WHOLE
    + f"""
cd "$1/releases" || exit
cat >".new-$2.sha256" && whole "$3" <".new-$2.sha256" || exit {Status.DAMAGED}
sync
mv -f ".new-$2.sha256" "$2.sha256" || exit
[ "$2" = "$3" ] || mv -T "$3" "$2"
"""
)
#: $2: the release id.
SWITCH = (
    OURS
    + WHOLE
    + f"""
cd "$1" || exit
[ -d "releases/$2" ] || exit {Status.NOT_KEPT}
[ ! -e current ] && [ ! -L current ] || is_link "$(readlink current)" || exit {Status.IN_THE_WAY}
whole "releases/$2" <"releases/$2.sha256" || exit {Status.DAMAGED}
rm -f {MARK}-current && ln -s "releases/$2" {MARK}-current && mv -T {MARK}-current current
"""
)
#: From $2: the release ids to delete. Each is renamed first, so that no half-deleted folder is taken for a release.
TIDY = (
    OURS
    + f"""
cd "$1/releases" || exit
shift
for release; do mv -T "$release" ".old-$release" || exit; done
for left in .old-* .new-* *.sha256; do
  id=${{left#.???-}}
  id=${{id%.sha256}}
  is_id "$id" || continue
  case $left in
    ".old-$id" | ".new-$id") rm -rf "$left" || exit;;
    ".new-$id.sha256") rm -f "$left" || exit;;
    "$id.sha256") [ -d "$id" ] || rm -f "$left" || exit;;
  esac
done
rm -f ../{MARK}-current
"""
)
RELOAD = 'exec sh -c "$2"'
