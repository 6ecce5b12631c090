// The parts of an address that are more than a name.

import { type FieldName, fields } from "./fields";
import type { PublishAim, Route } from "./route";
import { isSlotName, type SlotName } from "./slot-place";

export const aims = ["draft", "archived", "published", "deleted"] as const;

export function runOf(id: string, run = "", other = ""): Route {
  return { screen: "agent-runs", id, ...(run ? { run } : {}), ...(run && other ? { other } : {}) };
}

export function aimOf(kind = "", value = ""): { aim?: PublishAim } {
  if (kind === "revision" && value) return { aim: { revision: value } };
  if (kind === "from" && value) return { aim: { from: value } };
  const status = kind === "status" ? aims.find((name) => name === value) : undefined;
  return status ? { aim: { status } } : {};
}

/** A dash stands where nothing is chosen. */
export function historyOf(id: string, step = "", revision = "", other = ""): Route {
  const chosen = (part: string) => part !== "" && part !== "-";
  return {
    screen: "history",
    id,
    step: chosen(step) ? step : null,
    ...(chosen(revision) ? { revision } : {}),
    ...(chosen(other) ? { other } : {}),
  };
}

export function placeOf([name, at = ""]: string[]): { field?: FieldName; slot?: SlotName; at?: number } {
  const field = fields.find((known) => known === name);
  return field ? { field, ...numberOf(at) } : slotOf([name, at]);
}

export function slotOf([name, at = ""]: (string | undefined)[]): { slot?: SlotName; at?: number } {
  return name !== undefined && isSlotName(name) ? { slot: name, ...numberOf(at) } : {};
}

const numberOf = (at: string): { at?: number } => (/^\d{1,9}$/.test(at) ? { at: Number(at) } : {});
