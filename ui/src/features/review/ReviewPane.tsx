// The review beside the text: where it stands, and the threads in the order of the walkthrough.

import { IconMessagePlus } from "@tabler/icons-react";
import { useState } from "react";
import { commentedOn, type ReviewThread, useOpenPart } from "../../ipc";
import { useStored } from "../../lib/stored";
import { IconButton } from "../../ui/Button";
import { Menu, MenuAction } from "../../ui/Menu";
import { Failure } from "../../ui/Notice";
import { NameDialog } from "./NameDialog";
import { NewThread } from "./NewThread";
import { ReviewMenu } from "./ReviewMenu";
import styles from "./review.module.css";
import { StandingView } from "./StandingView";
import { strings } from "./strings";
import { ThreadCard } from "./ThreadCard";
import { type ReviewPart, useReview } from "./use-review";

type Filter = keyof typeof strings.filters;
const filters: readonly Filter[] = ["open", "resolved", "all"];

export function ReviewPane() {
  const part = useReview();
  const [filter, setFilter] = useState<Filter>("open");
  const [on] = useStored(commentedOn);
  const { review, error } = part;
  if (error) return <Failure error={error} />;
  if (!review) return null;
  const isShown = ({ is_resolved }: ReviewThread) => filter === "all" || is_resolved === (filter === "resolved");
  const threads = review.threads.filter(isShown);
  const value = (which: Filter) =>
    which === "open" ? review.open : which === "all" ? review.threads.length : review.threads.length - review.open;
  return (
    <div className={styles.pane}>
      <StandingView part={part} review={review} />
      <div className={styles.bar}>
        <div className={styles.filters} role="group" aria-label={strings.show}>
          {filters.map((which) => (
            <button
              key={which}
              type="button"
              className={styles.chip}
              aria-pressed={filter === which}
              onClick={() => setFilter(which)}
            >
              {strings.filters[which]} {value(which)}
            </button>
          ))}
        </div>
        <AddMenu id={part.id} />
        <ReviewMenu part={part} />
      </div>
      {on?.walkthrough === part.id && <NewThread part={part} on={on} />}
      {threads.length === 0 && !on && (
        <p className={styles.none}>
          {review.threads.length === 0 ? strings.noneAtAll : filter === "open" ? strings.noneOpen : strings.none}
        </p>
      )}
      <Groups part={part} threads={threads} />
      <NameDialog suggested={part.author?.name ?? ""} />
    </div>
  );
}

function AddMenu({ id }: { id: string }) {
  const { step } = useOpenPart();
  const on = (to: string | null) => () =>
    commentedOn.write({ walkthrough: id, step: to, field: null, selection: null, turn: null });
  return (
    <Menu trigger={<IconButton label={strings.comment} icon={IconMessagePlus} />}>
      {step && <MenuAction action={{ id: "comment-step", label: strings.commentOn.step, run: on(step.id) }} />}
      <MenuAction action={{ id: "comment-all", label: strings.commentOn.walkthrough, run: on(null) }} />
    </Menu>
  );
}

function Groups({ part, threads }: { part: ReviewPart; threads: readonly ReviewThread[] }) {
  const groups = new Map<string, ReviewThread[]>();
  for (const thread of threads) {
    const heading = headingOf(thread);
    groups.set(heading, [...(groups.get(heading) ?? []), thread]);
  }
  return [...groups].map(([heading, of]) => (
    <section key={heading} className={styles.group}>
      <h3>{heading}</h3>
      {of.map((thread) => (
        <ThreadCard key={thread.id} part={part} thread={thread} />
      ))}
    </section>
  ));
}

function headingOf({ target, spot }: ReviewThread): string {
  if (target.step === null) return strings.whole;
  if (spot.number === null) return strings.stepGone(target.step_title ?? "");
  return strings.step(spot.number, spot.title ?? "");
}
