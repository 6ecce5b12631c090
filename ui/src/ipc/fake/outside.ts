// What is outside of the library in memory: connections, a keyring, a sandbox, files.

import type { Commands, StartProblem } from "../contract";
import { WaymarkError } from "../errors";
import type { Connection, ConnectionForm, ConnectionReport, KeyringStatus, ParsedConnection, Password } from "../types";
import type { Plain } from "./commands";
import { type ImportOptions, plainError } from "./import";

export type OutsideOptions = ImportOptions & {
  connections?: Connection[];
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
  read_only: null,
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
  client_certificate: null,
  client_key: null,
  organization: "org_sandbox",
  is_production: false,
  is_pgbouncer: false,
  asks_before_publish: true,
  requires_approval: false,
  asset_base_url: null,
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
  | "chooseImportFiles"
  | "chooseExportFile"
  | "exportDraft"
>;

export class FakeOutside {
  connections: Connection[];
  #isRunning = false;
  #minted = 0;

  constructor(
    private readonly options: OutsideOptions,
    initial: Connection[],
  ) {
    this.connections = options.connections ?? initial;
  }

  get hasKeyring(): boolean {
    return this.options.hasKeyring ?? true;
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
      chooseExportFile: (name) => `/home/writer/${name}`,
      exportDraft: ({ path }) => ({ path, files: null, attachments: 0 }),
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
    client_certificate: null,
    client_key: null,
    is_pgbouncer: query.includes("pgbouncer=true"),
    has_password: password !== undefined,
    notices: query.includes("sslmode=prefer")
      ? ["`sslmode=prefer` may go unencrypted; `verify-full` is used instead."]
      : [],
  };
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
