// All turns so far, as a chat, and the way to the next one.

import { IconPlayerSkipForward } from "@tabler/icons-react";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { commentedOn, type Script, type Turn, type TurnDetail, type WalkthroughId } from "../../ipc";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import { useKeysFor } from "../../ui/keymap";
import styles from "./chat.module.css";
import { EndOfChat } from "./EndOfChat";
import { Jump } from "./Jump";
import { PrefaceView } from "./PrefaceView";
import { conversationQueries, pageOf } from "./queries";
import { strings } from "./strings";
import { TurnView } from "./TurnView";
import type { Conversing } from "./use-conversation";

/** So many turns are on the screen; those before them are one press away. */
const shownMax = 24;

type ChatProps = {
  id: WalkthroughId;
  conversing: Conversing;
  unfolded: ReadonlySet<number>;
  onUnfold: (turn: number) => void;
};

export function Chat({ id, conversing, unfolded, onUnfold }: ChatProps) {
  const { at, total, turns, preface, go, isPending } = conversing;
  const [earlier, setEarlier] = useState(0);
  const scroll = useRef<HTMLDivElement>(null);
  const from = Math.max(1, at - shownMax + 1 - earlier);
  const details = useDetails(id, conversing, from);
  useInView(scroll, at, details.has(at));
  const comment = useCommentOn(id, conversing.script);
  const nextKeys = useKeysFor("next-turn");
  /** The button that was pressed may be gone or disabled now: whoever pressed it stays here. */
  const keepFocus = () =>
    requestAnimationFrame(() => {
      const { activeElement: active } = document;
      const isLost = active === document.body || (active instanceof HTMLButtonElement && active.disabled);
      if (isLost) scroll.current?.focus({ preventScroll: true });
    });
  return (
    <div className={styles.chat}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <div ref={scroll} className={styles.scroll} role="group" aria-label={strings.turns} tabIndex={0} data-pane-focus>
        {isPending ? (
          <p className={styles.quiet} role="status">
            {strings.playing}
          </p>
        ) : (
          <div className={styles.column}>
            {from === 1 && preface && (
              <PrefaceView preface={preface} isOpen={unfolded.has(0)} onToggle={() => onUnfold(0)} />
            )}
            {from > 1 && (
              <Button variant="quiet" className={styles.earlier} onClick={() => setEarlier(earlier + shownMax)}>
                {strings.earlier(Math.min(shownMax, from - 1))}
              </Button>
            )}
            <ol className={styles.turns}>
              {turns.slice(from - 1, at).map((turn) => (
                <TurnView
                  key={turn.number}
                  id={id}
                  turn={turn}
                  detail={details.get(turn.number) ?? null}
                  isCurrent={turn.number === at}
                  isOpen={unfolded.has(turn.number)}
                  onToggle={onUnfold}
                  onComment={comment}
                />
              ))}
            </ol>
            {at < total ? (
              <Button
                variant="primary"
                className={styles.next}
                icon={IconPlayerSkipForward}
                shortcut={nextKeys}
                onClick={() => {
                  go(at + 1);
                  keepFocus();
                }}
              >
                {strings.nextTurn}
              </Button>
            ) : (
              <EndOfChat id={id} conversing={conversing} />
            )}
          </div>
        )}
      </div>
      {total > 1 && <Jump conversing={conversing} onGone={keepFocus} />}
    </div>
  );
}

/** The comment is written in the review, beside the text that the turn came from. */
function useCommentOn(walkthrough: WalkthroughId, script: Script) {
  return useCallback(
    ({ number, tool, note, step }: Turn) => {
      const what = tool ?? note ?? strings.turn(number);
      const words = step ? `${what}: ${strings.step(step.number, step.title)}` : what;
      const turn = { script, number, words: words.slice(0, 160) };
      commentedOn.write({ walkthrough, step: step?.id ?? null, field: null, selection: null, turn });
      navigate({ screen: "editor", id: walkthrough, step: step?.id ?? null });
    },
    [walkthrough, script],
  );
}

/** What is large of the turns that are shown, as far as it is there; what comes next is asked for in advance. */
function useDetails(id: WalkthroughId, { at, total, script, isPending }: Conversing, from: number) {
  const client = useQueryClient();
  const isReady = !isPending && total > 0;
  const pages = isReady ? range(pageOf(from), pageOf(at)) : [];
  const next = pageOf(Math.min(at + 2, total));
  useEffect(() => {
    if (isReady) void client.prefetchQuery(conversationQueries.details(id, script, next));
  }, [client, id, script, next, isReady]);
  return useQueries({
    queries: pages.map((page) => conversationQueries.details(id, script, page)),
    combine: useMemo(
      () => (answers: { data: ReadonlyMap<number, TurnDetail> | undefined }[]) =>
        new Map(answers.flatMap(({ data }) => (data ? [...data] : []))),
      [],
    ),
  });
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The turn that was gone to is in view: its end, or its beginning where it is longer than the view. */
function useInView(scroll: React.RefObject<HTMLElement | null>, at: number, hasText: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: its text changes where it ends.
  useEffect(() => {
    const box = scroll.current;
    const turn = box?.querySelector<HTMLElement>("[aria-current]");
    if (!box || !turn) return;
    const room = box.clientHeight - 72;
    if (turn.offsetHeight > room) turn.scrollIntoView({ block: "start" });
    else box.scrollTop = box.scrollHeight;
  }, [scroll, at, hasText]);
}
