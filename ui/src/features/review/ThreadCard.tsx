// A thread: what it is about, in the color of its field, what was said, and the answer.

import { IconAlertTriangle } from "@tabler/icons-react";
import { type CSSProperties, useEffect, useRef, useState } from "react";
import { commands, type ReviewThread, shownThread, useOpenPart } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { fieldColor, fieldWords } from "../../lib/fields";
import { useStored } from "../../lib/stored";
import { Button } from "../../ui/Button";
import { FieldMark } from "../../ui/FieldMark";
import { CommentView } from "./CommentView";
import { Composer } from "./Composer";
import styles from "./review.module.css";
import { strings } from "./strings";
import type { ReviewPart } from "./use-review";

export function ThreadCard({ part, thread }: { part: ReviewPart; thread: ReviewThread }) {
  const { id, target, spot, is_resolved, resolution, comments } = thread;
  const { openPlace } = useOpenPart();
  const [isReplying, setIsReplying] = useState(false);
  const [shown] = useStored(shownThread);
  const card = useRef<HTMLElement>(null);
  const isShown = shown === id;
  useEffect(() => {
    if (isShown) card.current?.scrollIntoView({ block: "nearest" });
  }, [isShown]);
  const color = target.field ? ({ "--mark": fieldColor(target.field) } as CSSProperties) : undefined;
  const show = () => {
    shownThread.write(id);
    if (target.step) openPlace(target.step, target.field, spot.from ?? undefined);
  };
  const resolve = () =>
    part.named(
      () =>
        void part.change(() => commands.resolveThread({ walkthrough: part.id, thread: id, is_resolved: !is_resolved })),
    );
  return (
    <article
      ref={card}
      className={classNames(styles.thread, isShown && styles.shown, is_resolved && styles.resolved)}
      style={color}
      aria-label={strings.threadBy(comments[0]?.author ?? "")}
      data-thread={id}
    >
      {target.field && (
        <p className={styles.field}>
          <FieldMark field={target.field} /> {fieldWords[target.field].label}
        </p>
      )}
      {target.anchor &&
        (spot.is_outdated ? (
          <div className={styles.outdated}>
            <p className={styles.lost}>
              <IconAlertTriangle size={14} stroke={1.75} aria-hidden /> {strings.textGone}
            </p>
            <q className={styles.quote}>{target.anchor.quote}</q>
          </div>
        ) : (
          <button type="button" className={styles.quote} title={strings.toText} onClick={show}>
            {target.anchor.quote}
          </button>
        ))}
      <ul className={styles.comments}>
        {comments.map((comment) => (
          <CommentView key={comment.id} part={part} comment={comment} />
        ))}
      </ul>
      {is_resolved && resolution && <p className={styles.why}>{strings.resolvedBy(resolution.author)}</p>}
      {isReplying ? (
        <Composer
          of={`reply ${id}`}
          label={strings.reply}
          placeholder={strings.replyPlaceholder}
          send={strings.reply}
          isFocused
          onCancel={() => setIsReplying(false)}
          onSend={async (text) => {
            const isDone = await part.change(() => commands.replyToThread({ walkthrough: part.id, thread: id, text }));
            if (isDone) setIsReplying(false);
            return isDone;
          }}
        />
      ) : (
        <div className={styles.buttons}>
          <Button variant="quiet" onClick={() => part.named(() => setIsReplying(true))}>
            {strings.reply}
          </Button>
          <Button variant="quiet" onClick={resolve}>
            {is_resolved ? strings.reopen : strings.resolve}
          </Button>
        </div>
      )}
    </article>
  );
}
