import { IconCopy, IconDots, IconSend, IconTrash } from "@tabler/icons-react";
import { memo } from "react";
import type { DraftSummary, FoundWalkthrough } from "../../ipc";
import { kindWords } from "../../lib/kinds";
import { hrefTo } from "../../lib/route";
import { formatWhen } from "../../lib/time";
import { IconButton } from "../../ui/Button";
import { KindIcon } from "../../ui/KindIcon";
import { Marked } from "../../ui/Marked";
import { Menu, MenuAction, MenuSeparator } from "../../ui/Menu";
import { Pill, type Tone } from "../../ui/Pill";
import { actionsOf, type DraftActions } from "./actions";
import { Matches, shownMatches } from "./Matches";
import { strings } from "./strings";
import styles from "./table.module.css";
import { changesOf } from "./view";

type RowProps = {
  draft: DraftSummary;
  found: FoundWalkthrough | undefined;
  index: number;
  top: number;
  height: number;
  actions: DraftActions;
};

export const Row = memo(function Row({ draft, found, index, top, height, actions }: RowProps) {
  const below = [kindWords[draft.type].label, strings.steps(draft.steps), draft.servers.join(", ") || "–"];
  const state = stateOf(draft);
  const menu = actionsOf(draft, actions);
  return (
    <div
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <div role="cell" className={styles.title}>
        <span className={styles.kind}>
          <KindIcon kind={draft.type} />
        </span>
        <a className={styles.name} href={hrefTo({ screen: "editor", id: draft.id, step: null })} title={draft.title}>
          <Marked text={draft.title} marks={titleMarks(draft, found)} />
        </a>
        <span className={styles.below}>{below.join(" · ")}</span>
      </div>
      <div role="cell">
        <Pill tone={state.tone}>{state.words}</Pill>
      </div>
      <div role="cell">
        {draft.problems > 0 ? (
          <span className={styles.problems} title={strings.problemCount(draft.problems)}>
            {draft.problems}
          </span>
        ) : (
          <span className={styles.none}>–</span>
        )}
      </div>
      <div role="cell" className={styles.edited} title={strings.editedAt(draft.updated_at)}>
        {formatWhen(draft.updated_at, Date.now())}
      </div>
      <div role="cell" className={styles.more}>
        <Menu trigger={<IconButton label={strings.more(draft.title)} icon={IconDots} />}>
          <MenuAction action={menu.publish} icon={IconSend} />
          <MenuAction action={menu.duplicate} icon={IconCopy} />
          <MenuSeparator />
          <MenuAction action={menu.trash} icon={IconTrash} isDangerous />
        </Menu>
      </div>
      {found && shownMatches(found).length > 0 && (
        <div role="cell" className={styles.matches}>
          <Matches found={found} />
        </div>
      )}
    </div>
  );
});

const titleMarks = (draft: DraftSummary, found: FoundWalkthrough | undefined) => {
  const inTitle = found?.matches.find(({ step, part }) => step === null && part === "title");
  return inTitle?.snippet.text === draft.title ? inTitle.snippet.marks : [];
};

function stateOf(draft: DraftSummary): { words: string; tone: Tone } {
  const changes = changesOf(draft);
  if (draft.status === "archived") return { words: strings.states.archived, tone: "neutral" };
  if (draft.never_published) return { words: strings.states.draft, tone: "neutral" };
  if (changes > 0) return { words: strings.states.changed(changes), tone: "warning" };
  return { words: strings.states.published, tone: "accent" };
}
