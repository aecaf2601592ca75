@echo off
rem Builds everything and runs every test, without a display. Further arguments go to Maven.
setlocal
pushd "%~dp0"
call mvn -B --no-transfer-progress %* verify
set "RESULT=%ERRORLEVEL%"
popd
exit /b %RESULT%
