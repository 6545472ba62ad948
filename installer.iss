; The installer for Windows, of the folder that packaging/build_frozen.py makes:
;     iscc installer.iss            (or /DFolder=… where that folder is elsewhere)
; packaging/try_windows.sh compiles it, installs, upgrades and removes it under Wine.
#ifndef Folder
  #define Folder "dist\toggl-tray"
#endif
#define AppName "Toggl Tray"
#define Console "toggl-tray.exe"
#define Tray "toggl-trayw.exe"
#ifndef AppVersion
  #define AppVersion GetStringFileInfo(AddBackslash(Folder) + Console, "ProductVersion")
#endif

[Setup]
AppId={{6B5A2C0E-6B1C-4B0E-9C55-7E1C7B1E0002}
AppName={#AppName}
AppVersion={#AppVersion}
AppPublisher={#AppName}
; For whoever installs it; for everybody on demand, which takes an administrator.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
DefaultDirName={code:UsualFolder}
DisableProgramGroupPage=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
OutputDir=dist
OutputBaseFilename=toggl-tray-{#AppVersion}-setup
SetupIconFile=resources\icons\toggl-tray.ico
UninstallDisplayIcon={app}\{#Console}
UninstallDisplayName={#AppName}
VersionInfoVersion={#AppVersion}
#ifdef Quick
Compression=lzma2/fast
#else
Compression=lzma2
#endif
SolidCompression=yes
WizardStyle=modern
ChangesEnvironment=yes
CloseApplications=force
RestartApplications=no

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
; Inno Setup has no Chinese of its own. What is missing in ours is English.
Name: "zh"; MessagesFile: "compiler:Default.isl,packaging\chinese.isl"

[CustomMessages]
en.TaskStart=Start {#AppName} when I &log in
en.TaskLinks=Open &links that begin with toggl-tray:
en.TaskPath=Have the command toggl-tray in &terminals (adds it to Path)
en.DataStays={#AppName} is removed. Your time entries, settings and backups stay on this computer, in the folder%n%n%1%n%nDelete it if you do not want them any more.
de.TaskStart={#AppName} bei der &Anmeldung starten
de.TaskLinks=&Links öffnen, die mit toggl-tray: beginnen
de.TaskPath=Den Befehl toggl-tray im &Terminal anbieten (in Path aufnehmen)
de.DataStays={#AppName} ist entfernt. Ihre Zeiteinträge, Einstellungen und Sicherungen bleiben auf diesem Computer, im Ordner%n%n%1%n%nLöschen Sie ihn, wenn Sie sie nicht mehr brauchen.
zh.TaskStart=登录时启动 {#AppName}(&L)
zh.TaskLinks=打开以 toggl-tray: 开头的链接(&K)
zh.TaskPath=在终端中使用 toggl-tray 命令（加入 Path）(&T)
zh.DataStays={#AppName} 已卸载。您的时间条目、设置和备份仍保留在此电脑的以下文件夹中：%n%n%1%n%n如果不再需要，请删除该文件夹。

[Messages]
en.ConfirmUninstall=Remove %1? Your time entries, settings and backups stay on this computer.
de.ConfirmUninstall=%1 entfernen? Ihre Zeiteinträge, Einstellungen und Sicherungen bleiben auf diesem Computer.
zh.ConfirmUninstall=要卸载 %1 吗？您的时间条目、设置和备份会保留在此电脑上。

[Tasks]
Name: "start"; Description: "{cm:TaskStart}"; Flags: unchecked; Check: not IsAdminInstallMode
Name: "links"; Description: "{cm:TaskLinks}"
Name: "path"; Description: "{cm:TaskPath}"; Check: not IsAdminInstallMode

[InstallDelete]
; What an earlier version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\{#AppName}"; Filename: "{app}\{#Tray}"; AppUserModelID: "TogglTray.TogglTray"

[Registry]
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: string; \
  ValueName: "{#AppName}"; ValueData: """{app}\{#Tray}"""; Tasks: start
; The settings of the program write that value as well.
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: none; \
  ValueName: "{#AppName}"; Flags: uninsdeletevalue dontcreatekey
Root: HKA; Subkey: "Software\Classes\toggl-tray"; ValueType: string; ValueData: "URL:{#AppName}"; \
  Flags: uninsdeletekey; Tasks: links
Root: HKA; Subkey: "Software\Classes\toggl-tray"; ValueType: string; ValueName: "URL Protocol"; \
  Tasks: links
Root: HKA; Subkey: "Software\Classes\toggl-tray\DefaultIcon"; ValueType: string; \
  ValueData: """{app}\{#Tray}"",0"; Tasks: links
Root: HKA; Subkey: "Software\Classes\toggl-tray\shell\open\command"; ValueType: string; \
  ValueData: """{app}\{#Tray}"" ""%1"""; Tasks: links
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; \
  ValueData: "{olddata};{app}"; Tasks: path; Check: not IsInPath

[Run]
Filename: "{app}\{#Tray}"; Description: "{cm:LaunchProgram,{#AppName}}"; \
  Flags: nowait postinstall skipifsilent; Check: not WasRunning
Filename: "{app}\{#Tray}"; Flags: nowait runasoriginaluser; Check: WasRunning

[UninstallRun]
Filename: "{app}\{#Console}"; Parameters: "quit"; Flags: runhidden; RunOnceId: "quit"

[Code]
var
  HasQuit: Boolean;

{ What the constant "autopf" stands for; Wine does not know the one for a single user. }
function UsualFolder(Unused: String): String;
begin
  if IsAdminInstallMode then
    Result := ExpandConstant('{commonpf}\{#AppName}')
  else
    Result := ExpandConstant('{localappdata}\Programs\{#AppName}');
end;

{ A tray that runs quits in order before its files are replaced; the running entry goes on. }
function PrepareToInstall(var NeedsRestart: Boolean): String;
var
  Code: Integer;
  Command: String;
begin
  Command := ExpandConstant('{app}\{#Console}');
  if FileExists(Command) and ExecAsOriginalUser(Command, 'quit', '', SW_HIDE, ewWaitUntilTerminated, Code) then
    HasQuit := Code = 0;
  Result := '';
end;

function WasRunning: Boolean;
begin
  Result := HasQuit;
end;

function UserPath: String;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Result) then
    Result := '';
end;

function IsInPath: Boolean;
begin
  Result := Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(UserPath) + ';') > 0;
end;

procedure LeavePath;
var
  Path: String;
  At: Integer;
begin
  Path := ';' + UserPath + ';';
  At := Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', Lowercase(Path));
  if At = 0 then
    exit;
  Delete(Path, At, Length(ExpandConstant('{app}')) + 1);
  RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Copy(Path, 2, Length(Path) - 2));
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Data: String;
begin
  if Step = usUninstall then
    LeavePath;
  Data := ExpandConstant('{localappdata}\toggl-tray');
  if (Step = usPostUninstall) and DirExists(Data) then
  begin
    Log(FmtMessage(CustomMessage('DataStays'), [Data]));
    if not UninstallSilent then
      MsgBox(FmtMessage(CustomMessage('DataStays'), [Data]), mbInformation, MB_OK);
  end;
end;
