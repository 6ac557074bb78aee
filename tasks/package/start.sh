#!/bin/sh
# Starts TikTok Live Support. --help says what may stand behind it.
# เปิดโปรแกรม TikTok Live Support

# The folder of this file, also where a link leads to it.
file=$(readlink -f -- "$0") || file=$0
folder=$(cd -- "$(dirname -- "$file")" && pwd -P)/program
# What Deno keeps for a faster start lies in the program's folder, too.
DENO_DIR=$folder/cache
DENO_NO_UPDATE_CHECK=1
export DENO_DIR DENO_NO_UPDATE_CHECK

if ! "$folder/deno" --version >/dev/null 2>&1; then
  echo "The program cannot run here: unpack the whole archive, and take the one for this computer."
  echo "เปิดโปรแกรมไม่ได้ กรุณาแตกไฟล์ทั้งหมดก่อน และเลือกไฟล์ให้ตรงกับเครื่องนี้"
  if [ -t 0 ]; then
    echo "Press Enter to close this window. / กด Enter เพื่อปิดหน้าต่างนี้"
    read -r _
  fi
  exit 1
fi
exec "$folder/deno" run --quiet --no-config --no-remote --no-npm --no-prompt --allow-all "$folder/launcher.js" "$@"
