// What a row says in each column.

import type { ReactNode } from "react";
import type { Connection, DraftSummary } from "../../ipc";
import { kindWords } from "../../lib/kinds";
import { formatNumber, formatWhen } from "../../lib/time";
import { Pill, type Tone } from "../../ui/Pill";
import type { Choosable } from "./columns";
import { strings } from "./strings";
import styles from "./table.module.css";
import { changesOf, isChangedThere } from "./view";

export function cellOf(column: Choosable, draft: DraftSummary, connections: readonly Connection[]): ReactNode {
  switch (column) {
    case "type":
      return <span className={styles.plain}>{kindWords[draft.type].label}</span>;
    case "status":
      return <span className={styles.plain}>{draft.status}</span>;
    case "state": {
      const { tone, words } = stateOf(draft);
      return (
        <Pill tone={tone} title={perConnection(draft, connections)}>
          {words}
        </Pill>
      );
    }
    case "servers":
    case "tags":
      return draft[column].length > 0 ? (
        <span className={styles.plain} title={draft[column].join(", ")}>
          {draft[column].join(", ")}
        </span>
      ) : (
        <span className={styles.none}>–</span>
      );
    case "steps":
      return <span className={styles.number}>{formatNumber(draft.steps)}</span>;
    case "problems":
      return draft.problems > 0 ? (
        <span className={styles.problems} title={strings.problemCount(draft.problems)}>
          {formatNumber(draft.problems)}
        </span>
      ) : (
        <span className={styles.none}>–</span>
      );
    case "edited":
      return <span title={strings.editedAt(draft.updated_at)}>{formatWhen(draft.updated_at, Date.now())}</span>;
  }
}

function stateOf(draft: DraftSummary): { words: string; tone: Tone } {
  if (draft.trashed_at !== null) return { words: strings.states.inTrash, tone: "neutral" };
  const changes = changesOf(draft);
  if (isChangedThere(draft)) {
    return { words: changes > 0 ? strings.states.changedBoth : strings.states.changedThere, tone: "danger" };
  }
  if (draft.status === "archived") return { words: strings.states.archived, tone: "neutral" };
  if (draft.never_published) return { words: strings.states.draft, tone: "neutral" };
  if (changes > 0) return { words: strings.states.changed(changes), tone: "warning" };
  return { words: strings.states.published, tone: "accent" };
}

/** How it stands with each connection, one to a line. */
function perConnection({ unpublished }: DraftSummary, connections: readonly Connection[]): string | undefined {
  const lines = unpublished.map(({ connection, changes, is_changed_there }) => {
    const name = connections.find(({ id }) => id === connection)?.name ?? connection;
    const parts = [
      changes > 0 && strings.states.changed(changes),
      is_changed_there && strings.states.changedThere,
    ].filter((part) => part !== false);
    return `${name}: ${parts.join(", ") || strings.states.inSync}`;
  });
  return lines.length > 0 ? lines.join("\n") : undefined;
}
