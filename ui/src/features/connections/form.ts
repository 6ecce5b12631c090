// The connection form: what it starts with, and what must be in it before the host is asked.

import type { Connection, ConnectionForm, ParsedConnection } from "../../ipc";
import { strings } from "./strings";

/** The port as typed: a number field of the system would eat what it does not understand. */
export type FormState = Omit<ConnectionForm, "port"> & { port: string };
export type FormField =
  | "name"
  | "host"
  | "port"
  | "database"
  | "user"
  | "organization"
  | "ca_file"
  | "client_certificate"
  | "client_key"
  | "asset_base_url"
  | "tls"
  | "password";
export type Problems = Partial<Record<FormField, string>>;

export const emptyForm: FormState = {
  id: null,
  name: "",
  host: "",
  port: "5432",
  database: "",
  user: "",
  tls: "verify-full",
  ca_file: null,
  client_certificate: null,
  client_key: null,
  organization: "",
  is_production: true,
  is_pgbouncer: false,
  asks_before_publish: true,
  requires_approval: false,
  asset_base_url: null,
};

export const formOf = (connection: Connection): FormState => ({ ...connection, port: String(connection.port) });

/** What the URL says goes over what is there; the rest stays. */
export function withUrl(form: FormState, url: ParsedConnection): FormState {
  const { host, port, database, user, tls, ca_file, client_certificate, client_key, is_pgbouncer } = url;
  // The first part of a host's name says which one it is; an address or a folder does not.
  const isNamed = /^[a-z]/i.test(host);
  const name = form.name !== "" ? form.name : isNamed ? (host.split(".")[0] ?? database) : database;
  return {
    ...form,
    name,
    host,
    port: String(port),
    database,
    user,
    tls,
    ca_file,
    client_certificate,
    client_key,
    is_pgbouncer,
  };
}

export function problemsOf(form: FormState): Problems {
  const problems: Problems = {};
  for (const field of ["name", "host", "database", "user", "organization"] as const) {
    if (form[field].trim() === "") problems[field] = strings.required(strings[field]);
  }
  const port = Number(form.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) problems.port = strings.portProblem;
  return problems;
}

export function asInput(form: FormState): ConnectionForm {
  return {
    ...form,
    name: form.name.trim(),
    host: form.host.trim(),
    port: Number(form.port),
    database: form.database.trim(),
    user: form.user.trim(),
    organization: form.organization.trim(),
    ca_file: form.ca_file?.trim() || null,
    client_certificate: form.client_certificate?.trim() || null,
    client_key: form.client_key?.trim() || null,
    asset_base_url: form.asset_base_url?.trim() || null,
  };
}
