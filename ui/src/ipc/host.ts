// The real host: the generated commands and events of the window.

import type { Commands, Host } from "./contract";
import { asWaymarkError } from "./errors";
import { started } from "./first";
import { events, commands as generated } from "./generated/host";

export async function windowHost(): Promise<Host> {
  const start = await (started ?? generated.start());
  return {
    commands: rejecting(generated) as unknown as Commands,
    origin: start.origin,
    settings: start.settings,
    readOnly: start.read_only,
    problem: start.problem && {
      error: start.problem,
      folder: start.folder,
      retry: async () => (await generated.start()).problem === null,
    },
    close: () => generated.answerClose("close"),
    dialogs: {
      openFiles: () => generated.chooseImportFiles(),
      openAttachments: () => generated.chooseAttachments(),
      openReport: () => generated.chooseAuditFile(),
      saveFile: (name) => generated.chooseExportFile(name),
      openFolder: () => generated.chooseExportFolder(),
    },
    events: {
      changed: (listener) => follow(events.changed.listen(({ payload }) => listener(payload))),
      stale: (listener) => follow(events.stale.listen(() => listener())),
      filesDropped: (listener) =>
        follow(events.filesDropped.listen(({ payload }) => listener(payload.paths, payload.at))),
      filesDragged: (listener) => follow(events.filesDragged.listen(({ payload }) => listener(payload.at))),
      linkProgress: (listener) => follow(events.linkProgress.listen(({ payload }) => listener(payload))),
      menuChosen: (listener) => follow(events.menuChosen.listen(({ payload }) => listener(payload.id))),
      taskProgress: (listener) => follow(events.taskProgress.listen(({ payload }) => listener(payload))),
      closeRequested: (listener) =>
        follow(
          events.closeRequested.listen(async ({ payload }) => {
            const mayClose = await listener(payload).catch(() => false);
            await generated.answerClose(mayClose ? "close" : "stay");
          }),
        ),
    },
  };
}

/** The same commands, rejecting with a `WaymarkError` whatever the host threw. */
function rejecting(commands: typeof generated) {
  return Object.fromEntries(
    Object.entries(commands).map(([name, run]) => [
      name,
      (...input: never[]) =>
        (run as (...input: never[]) => Promise<unknown>)(...input).catch((thrown) => {
          throw asWaymarkError(thrown);
        }),
    ]),
  );
}

/** Listening begins and ends in the host: a listener that is gone before it began is taken away when it has. */
function follow(listening: Promise<() => void>): () => void {
  return () => void listening.then((stop) => stop());
}
