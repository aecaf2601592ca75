@echo off
rem Starts Headlight. Builds it first when it has not been built or when a source is newer than the build.
rem HEADLIGHT_OPTS holds further JVM flags. Only Headlight itself writes to standard output.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
set "TARGET=%ROOT%app\target"
set "STAMP=%TARGET%\headlight.stamp"

set "JAVA="
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
if not defined JAVA for %%I in (java.exe) do set "JAVA=%%~$PATH:I"
if not defined JAVA goto no_java
set "MAJOR="
set "SAID=%TEMP%\headlight-java-%RANDOM%.txt"
"%JAVA%" -version 2> "%SAID%"
for /f "usebackq tokens=2,3" %%A in ("%SAID%") do if "%%A"=="version" for /f "delims=.-+ tokens=1" %%M in ("%%~B") do set "MAJOR=%%M"
del "%SAID%" >nul 2>nul
if not defined MAJOR goto no_java
if %MAJOR% LSS 17 goto no_java

if not exist "%STAMP%" goto build
if not exist "%TARGET%\headlight-app.jar" goto build
if not exist "%ROOT%app\src\main" goto start
rem PowerShell exits with 1 where a source is newer than the stamp.
powershell -NoProfile -Command "$t=(Get-Item -LiteralPath $env:STAMP).LastWriteTimeUtc; $p=@(Get-Item ($env:ROOT+'pom.xml'))+@(Get-Item ($env:ROOT+'*\pom.xml'))+@(Get-ChildItem -Recurse ($env:ROOT+'*\src\main')); if ($p | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1) { exit 1 }"
if errorlevel 1 goto build
goto start

:build
where mvn >nul 2>nul
if errorlevel 1 (
  echo headlight: Maven ^(mvn^) is needed once, to build; install Maven 3.6.3+ and put it on PATH. 1>&2
  exit /b 1
)
if not exist "%TARGET%" mkdir "%TARGET%"
echo headlight: building Headlight (once; Maven may have to download libraries first) ... 1>&2
rem Dated before the build: what is edited meanwhile counts as newer.
type nul > "%STAMP%.new"
pushd "%ROOT%"
call mvn -q -B -Dquick -Dmaven.test.skip=true -Dspotless.check.skip=true package > "%TARGET%\headlight-build.log" 2>&1 < nul
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" (
  type "%TARGET%\headlight-build.log" 1>&2
  echo headlight: the build failed; the whole log is "%TARGET%\headlight-build.log" 1>&2
  exit /b 1
)
move /y "%STAMP%.new" "%STAMP%" >nul

:start
set "NATIVE="
if %MAJOR% GEQ 22 set "NATIVE=--enable-native-access=ALL-UNNAMED,javafx.graphics"
"%JAVA%" -Xshare:auto -XX:MaxDirectMemorySize=1024g -Dai.djl.offline=true %NATIVE% %HEADLIGHT_OPTS% --module-path "%TARGET%\lib\javafx" --add-modules javafx.controls,javafx.swing -cp "%TARGET%\headlight-app.jar;%TARGET%\lib\*" dev.headlight.app.Main %*
exit /b %ERRORLEVEL%

:no_java
echo headlight: Java 17 or newer is needed. Install a JDK 17+ and put it on PATH or set JAVA_HOME. 1>&2
exit /b 1
