import { IconDots } from "@tabler/icons-react";
import { type MouseEvent, memo, useRef } from "react";
import type { Connection, DraftSummary, FoundWalkthrough, SearchPlace } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { kindWords } from "../../lib/kinds";
import { hrefTo } from "../../lib/route";
import button from "../../ui/button.module.css";
import { Checkbox } from "../../ui/Checkbox";
import { KindIcon } from "../../ui/KindIcon";
import { Marked } from "../../ui/Marked";
import { cellOf } from "./cells";
import type { Choosable } from "./columns";
import { Matches, shownMatches } from "./Matches";
import { placeOf } from "./places";
import type { Selection } from "./selection";
import { strings } from "./strings";
import styles from "./table.module.css";

type RowProps = {
  draft: DraftSummary;
  found: FoundWalkthrough | undefined;
  /** Where it was found, which is where it opens. */
  where: SearchPlace;
  columns: readonly Choosable[];
  connections: readonly Connection[];
  index: number;
  top: number;
  height: number;
  onMenu: (index: number, event: MouseEvent<HTMLElement>) => void;
  /** Its menu is open. */
  isAsked: boolean;
  isSelected: boolean;
  onToggle: Selection["toggle"];
};

export const Row = memo(function Row(props: RowProps) {
  const { draft, found, where, columns, connections, index, top, height, onMenu, isAsked, isSelected, onToggle } =
    props;
  return (
    <div
      className={classNames(styles.row, isSelected && styles.selected)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-index={index}
      style={{ transform: `translateY(${top}px)`, height }}
      onContextMenu={(event) => onMenu(index, event)}
    >
      <div role="cell" className={styles.box} onClickCapture={(event) => event.shiftKey && toggleRange(event)}>
        <span className={styles.kind}>
          <KindIcon kind={draft.type} />
        </span>
        <Checkbox
          label={strings.bulk.select(draft.title)}
          isHidden
          isOn={isSelected}
          onSwitch={() => onToggle(draft.id, false)}
        />
      </div>
      <div role="cell" className={styles.title}>
        <a
          className={styles.name}
          href={hrefTo(placeOf(draft.id, undefined, where))}
          onMouseEnter={({ currentTarget }) => {
            // Said again only where it is cut.
            currentTarget.title = currentTarget.scrollWidth > currentTarget.clientWidth ? draft.title : "";
          }}
        >
          <Marked text={draft.title} marks={titleMarks(draft, found)} />
        </a>
        <span className={styles.below}>{below(draft, columns).join(" · ")}</span>
      </div>
      {columns.map((column) => (
        <div key={column} role="cell" className={styles[`cell-${column}`]}>
          {cellOf(column, draft, connections)}
        </div>
      ))}
      <div role="cell" className={styles.more}>
        <MoreButton title={draft.title} isAsked={isAsked} onAsk={(event) => onMenu(index, event)} />
      </div>
      {found && shownMatches(found).length > 0 && (
        <div role="cell" className={styles.matches}>
          <Matches found={found} place={where} />
        </div>
      )}
    </div>
  );

  function toggleRange(event: { preventDefault: () => void; stopPropagation: () => void }) {
    event.preventDefault();
    event.stopPropagation();
    onToggle(draft.id, true);
  }
});

type MoreButtonProps = { title: string; isAsked: boolean; onAsk: (event: MouseEvent<HTMLElement>) => void };

/** A plain button: all rows share one menu, so that a long list costs no more than its words. */
function MoreButton({ title, isAsked, onAsk }: MoreButtonProps) {
  // The menu closes when a pointer goes down beside it, which is before the click.
  const wasAsked = useRef(false);
  return (
    <button
      type="button"
      className={button.icon}
      aria-label={strings.more(title)}
      title={strings.more(title)}
      aria-haspopup="menu"
      aria-expanded={isAsked}
      onPointerDown={() => {
        wasAsked.current = isAsked;
      }}
      onClick={(event) => {
        if (!wasAsked.current) onAsk(event);
        wasAsked.current = false;
      }}
    >
      <IconDots size={17} stroke={1.75} aria-hidden />
    </button>
  );
}

/** What has no column of its own. */
function below({ type, steps, servers, tags }: DraftSummary, columns: readonly Choosable[]): string[] {
  const shown: Partial<Record<Choosable, string>> = {
    type: kindWords[type].label,
    steps: strings.steps(steps),
    servers: servers.join(", ") || strings.noServer,
    tags: tags.join(", "),
  };
  const rest = (["type", "steps", "servers", "tags"] as const).filter((column) => !columns.includes(column));
  return rest.map((column) => shown[column] ?? "").filter((words) => words !== "");
}

const titleMarks = (draft: DraftSummary, found: FoundWalkthrough | undefined) => {
  const inTitle = found?.matches.find(({ step, part }) => step === null && part === "title");
  return inTitle?.snippet.text === draft.title ? inTitle.snippet.marks : [];
};
