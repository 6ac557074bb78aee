@echo off
rem Starts TikTok Live Support. --help says what may stand behind it.
rem Every path stands in quotes and nothing is expanded twice, whatever signs
rem the name of the folder has in it.
setlocal DisableDelayedExpansion
chcp 65001 >nul
title TikTok Live Support
set "DENO_DIR=%~dp0program\cache"
set "DENO_NO_UPDATE_CHECK=1"
if not exist "%~dp0program\deno.exe" goto missing
"%~dp0program\deno.exe" run --quiet --no-config --no-remote --no-npm --no-prompt --allow-all "%~dp0program\launcher.js" %*
exit /b %errorlevel%

:missing
echo The program is not here: unpack the whole archive first (right-click it, Extract All), then press Start in the new folder.
echo ไม่พบตัวโปรแกรม กรุณาแตกไฟล์ zip ทั้งหมดก่อน (คลิกขวา แล้วเลือก แยกทั้งหมด) แล้วเปิด Start ในโฟลเดอร์ใหม่
pause
exit /b 1
