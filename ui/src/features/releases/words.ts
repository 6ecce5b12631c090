// How far a release is, in words.

import type { Release, ReleaseItem } from "../../ipc";
import { strings } from "./strings";

export const doneOf = ({ items }: Release): number => items.filter(({ state }) => state === "done").length;

export function howFar(release: Release): string {
  if (release.finished_at !== null) return strings.finished;
  return release.begun_at === null ? strings.notBegun : strings.progress(doneOf(release), release.items.length);
}

export function stateOf({ state, revision }: ReleaseItem): string {
  if (state !== "done") return strings.states[state];
  return revision ? strings.revision(revision) : strings.there;
}
