// What is to be published, where it is not the draft: an earlier revision, or production's own version under another status.

import type { Intent, PlanPublish } from "../../ipc";
import type { PublishAim } from "../../lib/route";
import { strings } from "./strings";

/** What a plan is asked for; whether to upload without showing is the writer's choice where the draft goes. */
export function planOf(
  ids: string[],
  connection: string,
  aim: PublishAim | null,
  { isHidden, overwrite }: { isHidden: boolean; overwrite: boolean },
): PlanPublish {
  const status: Intent["status"] = aim && "status" in aim ? aim.status : isHidden ? "draft" : "published";
  return { ids, connection, version: versionOf(aim), intent: { status, overwrite } };
}

function versionOf(aim: PublishAim | null): PlanPublish["version"] {
  if (!aim) return { kind: "draft" };
  return "revision" in aim ? { kind: "revision", id: aim.revision } : { kind: "production" };
}

/** How it is called, on the button and afterwards. */
export function wordsOf(aim: PublishAim | null) {
  if (!aim) return strings.aims.draft;
  return "revision" in aim ? strings.aims.revision : strings.aims[`to_${aim.status}`];
}
