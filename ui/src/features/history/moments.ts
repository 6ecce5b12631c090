// The words and the days of moments.

import type { RevisionSummary } from "../../ipc";
import { formatWhen } from "../../lib/time";
import { strings } from "./strings";

export type Day = { name: string; moments: RevisionSummary[] };

/** Newest first, by the days of the person's calendar. */
export function byDay(moments: readonly RevisionSummary[], now: number): Day[] {
  const days: Day[] = [];
  for (const moment of moments) {
    const name = dayOf(moment.at, now);
    const last = days.at(-1);
    if (last?.name === name) last.moments.push(moment);
    else days.push({ name, moments: [moment] });
  }
  return days;
}

function dayOf(at: number, now: number): string {
  const isSameDay = (time: number) => new Date(time).toDateString() === new Date(at).toDateString();
  if (isSameDay(now)) return strings.today;
  if (isSameDay(now - 86_400_000)) return strings.yesterday;
  return formatWhen(at, now + 8 * 86_400_000);
}

/** The writer's name for it, or why it is there. */
export const titleOf = ({ name, reason }: RevisionSummary) => name ?? strings.reasons[reason];

/** What more there is to say: where it went or came from, by whom, how much. */
export function aboutMoment(moment: RevisionSummary, connection: string | null): string {
  const { name, reason, remote_revision, author, changes } = moment;
  return [
    name === null ? "" : strings.reasons[reason],
    connection ?? "",
    remote_revision === null ? "" : strings.remote(remote_revision),
    author === null ? "" : strings.by(author),
    changes === null ? "" : strings.changes(changes),
  ]
    .filter(Boolean)
    .join(" · ");
}
