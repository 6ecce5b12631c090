// The texts of the longest sample, in the voice of a real walkthrough.

export type StepTexts = {
  title: string;
  introduction?: string | undefined;
  context?: string | undefined;
  user?: string | undefined;
  operations?: string | undefined;
};

export const gettingStarted: StepTexts[] = [
  {
    title: "Check the prerequisites",
    introduction: "The user's machine has what Acme needs.\n**Done when** `git --version` prints 2.30 or later.",
    context: "Acme runs on Linux, macOS and Windows. It needs Git and nothing else.",
    user: "## Before we begin\n\nLet us make sure that your machine has what Acme needs: **Git 2.30** or later, and a terminal.\n\n```bash\ngit --version\n```\n",
    operations: "1. Run `git --version`.\n2. If Git is older than 2.30, point to the download page and wait.",
  },
  {
    title: "Install the command line",
    introduction: "The user can run `acme`. **Done when** `acme --version` prints a version.",
    context: "The installer writes to the home folder only. It never asks for administrator rights.",
    user: "## Install the command line\n\nRun the installer for your system. It takes about a minute and touches nothing outside your home folder.\n\n```bash\ncurl -fsSL get.acme.example | sh\n```\n",
    operations: "1. Ask which shell the user has.\n2. Run the installer.\n3. Run `acme --version`.",
  },
  {
    title: "Sign in from the terminal",
    introduction: "The user is signed in from the terminal.",
    user: "## Sign in\n\nA browser opens. Sign in there and come back.\n\n```bash\nacme login\n```\n",
    operations: "1. Run `acme login`.\n2. Wait until it prints the account.",
  },
  {
    title: "Connect your first repository",
    introduction:
      "The user links one repository so that every push gets a preview build.\n**Done when** `acme status` lists the repository as connected.",
    context:
      "Acme reads the default branch only. Repositories above 2 GB need `--shallow`. Docs: [Limits](https://docs.acme.example/limits)",
    user: "## Connect a repository\n\nPick the repository that you want to build. Acme will\nask for **read access to code** and nothing else.\n\n```bash\nacme connect\n```\n\nYou will see a list. Use the arrow keys, then press `Enter`.",
    operations:
      "1. Run `acme connect` in the project folder.\n2. If it prints `not a git repository`, offer to run `git init`.\n3. Run `acme status` and show the line for the repository.",
  },
  {
    title: "Run a preview build",
    introduction: "The first preview build is green. **Done when** the build page says “passed”.",
    context: "A build takes two to four minutes. The log is streamed to the terminal.",
    user: '## Run a preview build\n\nEvery push builds. Let us push something small.\n\n```bash\ngit commit --allow-empty -m "Try Acme"\ngit push\n```\n',
    operations: "1. Make an empty commit and push it.\n2. Follow the log with `acme logs --follow`.",
  },
  {
    title: "Read the build report",
    introduction: "The user can find the slow part of a build. **Done when** they name it.",
    context: "The report has one row per task, the slowest first.",
    user: "## Read the report\n\nOpen the report and look at the first row:\\nthat is where the time went.\n\n- **Duration** is wall time.\n- **Cache** says how much was not done again.\n",
  },
  {
    title: "Fix a failing check",
    introduction: "A failing check is understood and green again.",
    context: "The sample repository has one check that fails on purpose.",
    user: "",
    operations:
      "1. Open the failing check.\n2. Explain the message in one sentence.\n3. Offer the fix and wait for a yes.",
  },
  {
    title: "Invite a teammate",
    user: "## Invite a teammate\n\nBuilds are better in company. Send an invitation from **Settings**, and [choose a role](./roles.md).\n",
  },
  {
    title: "Where to go next",
    introduction: "The user knows three places to go on from here. Done when they have picked one.",
    user: "## Where to go next\n\n1. Preview environments\n2. Required checks\n3. The build cache\n",
  },
];
