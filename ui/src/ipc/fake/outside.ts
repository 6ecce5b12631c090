// What is outside of the library in memory: connections, a keyring, a sandbox, files.

import type { Commands, StartProblem } from "../contract";
import { WaymarkError } from "../errors";
import type {
  Connection,
  ConnectionForm,
  ConnectionReport,
  ImportItem,
  ImportPreview,
  KeyringStatus,
  ParsedConnection,
  Password,
} from "../types";
import type { Plain } from "./host";
import type { FakeLibrary } from "./library";

export type OutsideOptions = {
  connections?: Connection[];
  /** What stands in files, by path. A text that is no item is not readable. */
  files?: Record<string, ImportItem>;
  hasKeyring?: boolean;
  /** What testing a connection finds; an error is thrown. */
  report?: ConnectionReport | WaymarkError;
  sandboxProblem?: WaymarkError;
  problem?: StartProblem;
  readOnly?: string;
};

export const goodReport: ConnectionReport = {
  server_version: "17.2",
  tls: "TLSv1.3",
  organization_name: "Acme",
  servers: [
    { slug: "docs", name: "Documentation" },
    { slug: "cli", name: "Command line help" },
  ],
  status: { shape: "current", missing: [] },
};

const sandbox: Connection = {
  id: "con_sandbox",
  name: "Sandbox",
  host: "/run/user/1000/waymark/sandbox",
  port: 5432,
  database: "platform",
  user: "sandbox",
  tls: "disable",
  ca_file: null,
  organization: "org_sandbox",
  is_production: false,
  is_pgbouncer: false,
};

type OutsideCommands = Pick<
  Commands,
  | "listConnections"
  | "parseConnectionUrl"
  | "saveConnection"
  | "setPassword"
  | "testConnection"
  | "removeConnection"
  | "keyringStatus"
  | "sandboxStatus"
  | "sandboxUp"
  | "sandboxDown"
  | "previewImport"
  | "runImport"
  | "chooseImportFiles"
  | "chooseExportFile"
  | "exportDraft"
>;

export class FakeOutside {
  connections: Connection[];
  #isRunning = false;
  #minted = 0;

  constructor(
    private readonly library: () => FakeLibrary,
    private readonly options: OutsideOptions,
    initial: Connection[],
  ) {
    this.connections = options.connections ?? initial;
  }

  commands(): Pick<Plain, keyof OutsideCommands> {
    const { files = {}, hasKeyring = true, report = goodReport, sandboxProblem } = this.options;
    return {
      listConnections: () => this.connections,
      parseConnectionUrl: (url) => parseUrl(url),
      saveConnection: (form) => this.#save(form),
      setPassword: ({ keep }) => {
        if (keep === "keyring" && !hasKeyring) throw noKeyring();
      },
      testConnection: ({ password }) => {
        if (isWrong(password)) throw wrongPassword();
        if (report instanceof WaymarkError) throw report;
        return report;
      },
      removeConnection: (id) => {
        this.connections = this.connections.filter((known) => known.id !== id);
      },
      keyringStatus: (): KeyringStatus =>
        hasKeyring
          ? { is_available: true, code: null, message: "The keyring answers.", hint: null }
          : { is_available: false, code: "keyring_unavailable", message: noKeyring().message, hint: noKeyring().hint },
      sandboxStatus: () => ({
        is_made: this.#isRunning,
        is_running: this.#isRunning,
        url: null,
        problem: sandboxProblem ? { ...plainError(sandboxProblem) } : null,
      }),
      sandboxUp: () => {
        if (sandboxProblem) throw sandboxProblem;
        this.#isRunning = true;
        if (!this.connections.some(({ id }) => id === sandbox.id)) this.connections = [...this.connections, sandbox];
        return {
          url: "postgres:///platform",
          organization: "org_sandbox",
          servers: ["docs", "cli"],
          connection: sandbox.id,
        };
      },
      sandboxDown: () => {
        this.#isRunning = false;
      },
      chooseImportFiles: () => Object.keys(files),
      previewImport: (source): ImportPreview => ({
        items:
          source.text !== undefined
            ? [readText(source.text)]
            : (source.paths ?? []).map((path) => files[path] ?? unreadable(path)),
      }),
      runImport: ({ source, on_clash }) => {
        const items =
          source.text !== undefined ? [readText(source.text)] : (source.paths ?? []).map((path) => files[path]);
        const found = items.flatMap((item) => (item?.found ? [item.found] : []));
        const walkthroughs = found.map(({ title, type, steps, warnings, clash }) => {
          if (clash && on_clash === "skip")
            return { id: clash.with, title, steps, warnings, outcome: "skipped" as const };
          if (clash && on_clash === "update")
            return { id: clash.with, title, steps, warnings, outcome: "updated" as const };
          const name = clash ? `${title} (2)` : title;
          const { draft } = this.library().create(name, type);
          return {
            id: draft.walkthrough.id,
            title: name,
            steps,
            warnings,
            outcome: clash ? ("copied" as const) : ("created" as const),
          };
        });
        return { walkthroughs, failed: [] };
      },
      chooseExportFile: (name) => `/home/writer/${name}`,
      exportDraft: ({ path }) => path,
    };
  }

  #save(form: ConnectionForm): Connection {
    if (this.connections.some((known) => known.name === form.name && known.id !== form.id)) {
      throw new WaymarkError(
        "invalid_input",
        `There is already a connection \`${form.name}\`.`,
        "Choose another name.",
        "name",
      );
    }
    this.#minted += 1;
    const saved: Connection = { ...form, id: form.id ?? `con_new${this.#minted}` };
    const isNew = !this.connections.some(({ id }) => id === saved.id);
    this.connections = isNew
      ? [...this.connections, saved]
      : this.connections.map((known) => (known.id === saved.id ? saved : known));
    return saved;
  }
}

function parseUrl(text: string): ParsedConnection {
  const match = /^postgres(?:ql)?:\/\/([^:@/]+)(:[^@]*)?@([^:/]+)(?::(\d+))?\/([^?]+)(.*)$/.exec(text.trim());
  if (!match) {
    const hint = "It looks like `postgres://user@db.example.com:5432/database`.";
    throw new WaymarkError("invalid_input", "This is not a `postgres://` URL.", hint, "url");
  }
  const [, user = "", password, host = "", port, database = "", query = ""] = match;
  return {
    host,
    port: Number(port ?? 5432),
    database,
    user,
    tls: "verify-full",
    ca_file: null,
    is_pgbouncer: query.includes("pgbouncer=true"),
    has_password: password !== undefined,
    notices: query.includes("sslmode=prefer")
      ? ["`sslmode=prefer` may go unencrypted; `verify-full` is used instead."]
      : [],
  };
}

function readText(text: string): ImportItem {
  try {
    const { title = "Pasted walkthrough", steps = [] } = JSON.parse(text).walkthrough ?? {};
    const found = { title, type: "course" as const, steps: steps.length, warnings: [], clash: null };
    return { file: "", found, error: null };
  } catch {
    const error = new WaymarkError(
      "invalid_input",
      "The text is not valid JSON: `expected value` at line 1, column 1.",
      "Correct the JSON at that line and column.",
    );
    return { file: "", found: null, error: plainError(error) };
  }
}

const plainError = ({ code, message, hint, field, conflict }: WaymarkError) => ({
  code,
  message,
  hint,
  field,
  conflict,
});

function unreadable(file: string): ImportItem {
  const error = new WaymarkError("not_found", `There is no file \`${file}\`.`, "Choose it again.");
  return { file, found: null, error: plainError(error) };
}

const isWrong = (password: Password) => typeof password === "object" && password.typed === "wrong";

const wrongPassword = () =>
  new WaymarkError(
    "authentication_failed",
    "The database rejected the password of `waymark`.",
    "Check the user and the password.",
    "password",
  );

const noKeyring = () =>
  new WaymarkError(
    "keyring_unavailable",
    "There is no keyring service on this machine.",
    "Start one (for example `gnome-keyring-daemon`), or keep the password for this run only.",
  );
