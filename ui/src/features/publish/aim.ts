// What is to be published, where it is not the draft: an earlier revision, or production's own version under another status.

import type { Intent, PlanPublish } from "../../ipc";
import type { PublishAim } from "../../lib/route";
import { aimStrings } from "./aim-strings";

/** What a plan is asked for; whether to upload without showing is the writer's choice where the draft goes. */
export function planOf(
  ids: string[],
  connection: string,
  aim: PublishAim | null,
  { isHidden, overwrite }: { isHidden: boolean; overwrite: boolean },
): PlanPublish {
  const asked = aim && "status" in aim ? aim.status : isHidden ? "draft" : "published";
  const status: Intent["status"] = asked === "deleted" ? "draft" : asked;
  return { ids, connection, version: versionOf(aim), intent: { status, overwrite } };
}

function versionOf(aim: PublishAim | null): PlanPublish["version"] {
  if (!aim) return { kind: "draft" };
  if ("revision" in aim) return { kind: "revision", id: aim.revision };
  if ("from" in aim) return { kind: "connection", id: aim.from };
  return { kind: aim.status === "deleted" ? "nothing" : "production" };
}

/** How it is called, on the button and afterwards. */
export function wordsOf(aim: PublishAim | null) {
  if (!aim) return aimStrings.draft;
  if ("from" in aim) return aimStrings.from;
  return "revision" in aim ? aimStrings.revision : aimStrings[`to_${aim.status}`];
}
