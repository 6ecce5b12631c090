// One comment: who, when, what they said, and what they can still do about it.

import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { type AuditFinding, commands, type ReviewComment } from "../../ipc";
import { formatAgo, formatWhole } from "../../lib/time";
import { IconButton } from "../../ui/Button";
import { Pill } from "../../ui/Pill";
import { tell } from "../../ui/tell";
import { Composer } from "./Composer";
import styles from "./review.module.css";
import { strings } from "./strings";
import type { ReviewPart } from "./use-review";

export function CommentView({ part, comment }: { part: ReviewPart; comment: ReviewComment }) {
  const [isEditing, setIsEditing] = useState(false);
  const { id, author, at, changed_at, text, turn, audit } = comment;
  const isOwn = author === part.author?.name && text !== null;
  const say = (next: string | null) =>
    part.change(() => commands.changeComment({ walkthrough: part.id, comment: id, text: next }));
  const takeBack = async () => {
    if (await say(null)) tell(strings.tookBack, { label: strings.undo, run: () => void say(text) });
  };
  return (
    <li className={styles.comment}>
      <p className={styles.who}>
        <strong>{author}</strong>
        <time dateTime={new Date(at).toISOString()} title={formatWhole(at)}>
          {formatAgo(at, Date.now())}
        </time>
        {text !== null && changed_at > at && <span>{strings.changed}</span>}
        {isOwn && !isEditing && (
          <span className={styles.tools}>
            <IconButton label={strings.edit} icon={IconPencil} onClick={() => setIsEditing(true)} />
            <IconButton label={strings.takeBack} icon={IconTrash} onClick={() => void takeBack()} />
          </span>
        )}
      </p>
      {audit && <Gap audit={audit} />}
      {isEditing && text !== null ? (
        <Composer
          of={`edit ${id}`}
          label={strings.edit}
          initial={text}
          send={strings.save}
          isFocused
          onCancel={() => setIsEditing(false)}
          onSend={async (next) => {
            const isDone = await say(next);
            if (isDone) setIsEditing(false);
            return isDone;
          }}
        />
      ) : (
        <p className={text === null ? styles.gone : styles.text}>{text ?? strings.takenBack}</p>
      )}
      {turn && text !== null && <p className={styles.turn}>{strings.turn(turn.number, turn.words)}</p>}
      {audit?.suggested_fix && text !== null && (
        <p className={styles.fix}>
          <strong>{strings.suggested}</strong> {audit.suggested_fix}
        </p>
      )}
    </li>
  );
}

function Gap({ audit: { severity, gap_type } }: { audit: AuditFinding }) {
  const tone = severity === "critical" ? "danger" : severity === "warning" ? "warning" : "neutral";
  return (
    <p className={styles.gap}>
      <Pill tone={tone}>{strings.severities[severity]}</Pill> {strings.gaps[gap_type]}
    </p>
  );
}
