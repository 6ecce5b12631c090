// What the window asks of the host before its program is even read: how it starts, and the list that is its first screen. Both
// answers are on their way while the rest is loaded, and the first thing that is drawn is the list itself.

import { commands } from "./generated/host";
import type { DraftSummary } from "./types";

/** Milliseconds for which nothing is drawn, so that the list comes whole; a library that takes longer is waited for in view. */
const patience = 300;

/** Milliseconds after which the list of the start is forgotten: a screen that asks later would take it for that of its own moment. */
const lasting = 2_000;

let drafts: DraftSummary[] | undefined;

/** How the window started, asked once. */
export const started = __FAKE__ ? null : commands.start();

/** The list as it was at the start, for whoever asks for it first. */
export function takeFirstDrafts(): DraftSummary[] | undefined {
  const taken = drafts;
  drafts = undefined;
  return taken;
}

/** Settles when the list is there, cannot be had, or has taken too long. What went wrong is said by whoever asks again. */
export async function firstAnswers(): Promise<void> {
  if (!started) return;
  const asked = started.then(async ({ problem }) => {
    if (problem) return;
    drafts = await commands.listDrafts({ in_trash: false });
    setTimeout(takeFirstDrafts, lasting);
  });
  await Promise.race([asked.catch(() => undefined), new Promise((done) => setTimeout(done, patience))]);
}
