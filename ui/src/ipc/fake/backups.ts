// Backups, and a library in trouble, in memory.

import type { StartProblem } from "../contract";
import { WaymarkError } from "../errors";
import type { Backup, Error as Thrown } from "../types";
import type { Plain } from "./commands";

type BackupCommands = Pick<
  Plain,
  | "listBackups"
  | "createBackup"
  | "compareBackup"
  | "restoreBackup"
  | "recoverLibrary"
  | "libraryTrouble"
  | "openAgain"
  | "openBackupFolder"
  | "openLibraryFolder"
>;

export type BackupOptions = {
  backups?: Backup[];
  /** What keeps the library from being written, until it is opened again. */
  trouble?: Thrown;
};

const thrown = (code: Thrown["code"], message: string, hint: string): Thrown => ({
  code,
  message,
  hint,
  field: null,
  conflict: null,
});
const damaged = thrown(
  "library_damaged",
  "The library file is damaged. Tree 7 page 212 cell 4: 2nd reference to page 214.",
  "Nothing was changed. Choose Recover in the window, or run `waymark doctor --recover`.",
);
const newer = thrown(
  "library_read_only",
  "A newer Waymark wrote this library: its tables have version 12, this one knows 10.",
  "It can be read. Update Waymark to write to it.",
);
const gone = thrown(
  "library_read_only",
  "The library's file `/home/writer/.local/share/waymark/library.sqlite` was deleted or moved away.",
  "Nothing is lost while Waymark is open. Bring the file back, or open the library again: then it is put back.",
);

/** For a browser: `damaged` does not open, `newer` and `gone` cannot be written. */
export function troubleOf(state: string | null): BackupOptions & { problem?: StartProblem } {
  if (state === "damaged")
    return { problem: { error: damaged, folder: "/home/writer/.local/share/waymark", retry: async () => false } };
  if (state === "newer") return { trouble: newer };
  return state === "gone" ? { trouble: gone } : {};
}

const day = 86_400_000;
const contents = { version: 4, walkthroughs: 6, in_trash: 1, steps: 31, changed_at: null };

const backup = (at: number, reason: Backup["reason"]): Backup => ({
  name: `library-${new Date(at).toISOString().replace(/[-:.]/g, "")}-${reason.replace("_", "-")}.sqlite`,
  at,
  reason,
  bytes: 1_843_200,
});

export class FakeBackups {
  #backups: Backup[];
  #trouble: Thrown | null;

  constructor(
    { backups, trouble }: BackupOptions,
    private readonly now: () => number,
  ) {
    const days = [0.2, 1.1, 2, 3.3, 5, 8, 15, 22, 29, 36];
    const made = days.map((ago, index) => backup(now() - ago * day, index === 2 ? "before_migration" : "daily"));
    this.#backups = backups ?? made;
    this.#trouble = trouble ?? null;
  }

  commands(): BackupCommands {
    return {
      listBackups: () => ({ folder: "/home/writer/.local/state/waymark/backups/waymark", backups: this.#backups }),
      createBackup: () => {
        const made = backup(this.now(), "manual");
        this.#backups = [made, ...this.#backups];
        return { ...made, contents, files: 0 };
      },
      compareBackup: () => ({
        only_here: ["Getting started with Acme"],
        only_there: [],
        changed: ["Install the Helm chart", "Rotate the signing keys"],
      }),
      restoreBackup: (name) => {
        const found = this.#backups.find((known) => known.name === name);
        if (!found) throw new WaymarkError("not_found", `There is no backup \`${name}\`.`);
        const kept = backup(this.now(), "before_restore");
        this.#backups = [kept, ...this.#backups];
        return { backup: found, kept: kept.name, difference: null, left_out: [] };
      },
      recoverLibrary: () => ({
        saved: {
          pages: 412,
          damaged: 3,
          kinds: [
            { name: "walkthroughs", saved: 6, from_backup: 0, lost: 0 },
            { name: "steps", saved: 27, from_backup: 4, lost: 0 },
            { name: "revisions", saved: 18, from_backup: 0, lost: 1 },
          ],
          lost: [],
          incomplete: [],
        },
        backup: this.#backups[0] ?? null,
        kept: "/home/writer/.local/state/waymark/backups/waymark/damaged-20261124T170433123Z",
      }),
      libraryTrouble: () => this.#trouble,
      openAgain: () => {
        this.#trouble = null;
        return null;
      },
      openBackupFolder: () => undefined,
      openLibraryFolder: () => undefined,
    };
  }
}
