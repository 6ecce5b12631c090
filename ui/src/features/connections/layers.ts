// What a test found, layer by layer: each can only be judged when the one before it holds.

import type { ConnectionForm, ConnectionReport, WaymarkError } from "../../ipc";
import { strings } from "./strings";

export type LayerName = keyof typeof strings.layers;
export type Layer = { name: LayerName; state: "done" | "failed" | "skipped"; about: string | null };
export type Outcome = { report: ConnectionReport } | { error: WaymarkError };

const order: readonly LayerName[] = ["reach", "encrypt", "login", "organization", "tables", "rights"];

export function layersOf(outcome: Outcome, form: Pick<ConnectionForm, "host" | "tls">): Layer[] {
  return "error" in outcome ? failed(outcome.error, form) : passed(outcome.report);
}

export function isReady(outcome: Outcome): boolean {
  return (
    "report" in outcome &&
    outcome.report.organization_name !== null &&
    outcome.report.read_only === null &&
    outcome.report.status.shape === "current" &&
    !outcome.report.status.missing.some(({ kind }) => kind !== "index")
  );
}

function failed(error: WaymarkError, form: Pick<ConnectionForm, "tls">): Layer[] {
  const place = order.indexOf(layerOf(error));
  return order
    .filter((name) => name !== "encrypt" || form.tls !== "disable")
    .map((name) => {
      const at = order.indexOf(name);
      const state = at < place ? "done" : at === place ? "failed" : "skipped";
      return { name, state, about: at === place ? [error.message, error.hint].filter(Boolean).join(" ") : null };
    });
}

/** Which layer an error is about: the host names the field where there is one. */
function layerOf({ code, field }: WaymarkError): LayerName {
  if (field === "organization" || code === "not_found") return "organization";
  if (["tls", "ca_file", "client_certificate", "client_key"].includes(field ?? "")) return "encrypt";
  if (code === "authentication_failed" || field === "password" || field === "user" || field === "database")
    return "login";
  if (code === "schema_mismatch") return "tables";
  if (code === "permission_denied") return "rights";
  if (code === "keyring_locked" || code === "keyring_unavailable") return "login";
  return "reach";
}

function passed(report: ConnectionReport): Layer[] {
  const { status, organization_name, servers, tls, read_only } = report;
  const names = (kinds: string[]) => status.missing.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const tables = names(["table", "column"]);
  const grants = names(["grant"]);
  const isCurrent = status.shape === "current";
  const shape = status.shape === "current" ? "" : strings.shapes[status.shape];
  return [
    { name: "reach", state: "done", about: strings.serverVersion(report.server_version) },
    { name: "encrypt", state: tls === null ? "skipped" : "done", about: tls ?? strings.notEncrypted },
    { name: "login", state: "done", about: null },
    {
      name: "organization",
      state: organization_name === null ? "skipped" : "done",
      about: organization_name === null ? null : strings.organizationFound(organization_name, servers.length),
    },
    {
      name: "tables",
      state: isCurrent ? "done" : "failed",
      about: isCurrent ? strings.tablesComplete : [shape, tables.length > 0 ? strings.missing(tables) : ""].join(" "),
    },
    {
      name: "rights",
      state: !isCurrent ? "skipped" : grants.length === 0 && read_only === null ? "done" : "failed",
      about: !isCurrent
        ? null
        : read_only !== null
          ? strings.readOnly[read_only]
          : grants.length === 0
            ? strings.rightsComplete
            : strings.missing(grants),
    },
  ];
}
