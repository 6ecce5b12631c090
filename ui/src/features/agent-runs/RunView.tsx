// A run as a chat: what was said, what was called, and, where it is the user's turn, what to say next.

import { useEffect, useRef } from "react";
import type { WalkthroughId } from "../../ipc";
import styles from "./agent-runs.module.css";
import type { ShownRun } from "./queries";
import { Say } from "./Say";
import { strings } from "./strings";
import { TurnView } from "./TurnView";

type RunViewProps = { id: WalkthroughId; run: ShownRun; title: string };

export function RunView({ id, run, title }: RunViewProps) {
  const { summary, transcript, live } = run;
  const scroll = useRef<HTMLDivElement>(null);
  useAtTheEnd(scroll, live?.is_busy ?? false, transcript.turns.length + (live?.saying.length ?? 0));
  return (
    <div className={styles.chat}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <div ref={scroll} className={styles.scroll} role="group" aria-label={strings.turns} tabIndex={0} data-pane-focus>
        <div className={styles.column}>
          <h2 className={styles.subtitle}>{strings.of(summary.provider, summary.model)}</h2>
          {!summary.is_current && <p className={styles.older}>{strings.isOlder}</p>}
          <details className={styles.before}>
            <summary>{strings.toldBefore}</summary>
            <p className={styles.text}>{transcript.instructions}</p>
            <p className={styles.faint}>{transcript.tools.join(", ")}</p>
          </details>
          <ol className={styles.turns}>
            {transcript.turns.map((turn) => (
              <TurnView key={turn.number} id={id} turn={turn} />
            ))}
          </ol>
          {live?.saying && (
            <div className={styles.said}>
              <p className={styles.text}>{live.saying}</p>
            </div>
          )}
          {live?.is_busy && (
            <p className={styles.faint} role="status">
              {live.waiting_seconds !== null
                ? strings.waiting(live.waiting_seconds)
                : live.calling
                  ? strings.calling(live.calling)
                  : strings.thinking}
            </p>
          )}
          {!live?.is_busy && transcript.turns.length > 0 && <Ending run={run} />}
        </div>
      </div>
      {live && <Say id={id} run={run} title={title} />}
    </div>
  );
}

function Ending({ run: { summary } }: { run: ShownRun }) {
  const { ending } = summary;
  if (ending.how !== "failed") {
    return (
      <p className={styles.ending} role="status">
        {strings.ending[ending.how]}
      </p>
    );
  }
  return (
    <div className={styles.failure} role="alert">
      <p>{ending.message}</p>
      {ending.hint && <p className={styles.faint}>{ending.hint}</p>}
    </div>
  );
}

/** Follows what is being said, unless somebody has scrolled away from it. */
function useAtTheEnd(scroll: React.RefObject<HTMLElement | null>, isBusy: boolean, length: number): void {
  const isFollowing = useRef(true);
  useEffect(() => {
    const box = scroll.current;
    if (!box) return;
    const note = () => {
      isFollowing.current = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
    };
    box.addEventListener("scroll", note);
    return () => box.removeEventListener("scroll", note);
  }, [scroll]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is longer than before.
  useEffect(() => {
    if (isBusy && isFollowing.current && scroll.current) scroll.current.scrollTop = scroll.current.scrollHeight;
  }, [scroll, isBusy, length]);
}
