import { IconCopy, IconDots, IconSend, IconTrash } from "@tabler/icons-react";
import { memo } from "react";
import type { Connection, DraftSummary, FoundWalkthrough } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { kindWords } from "../../lib/kinds";
import { hrefTo } from "../../lib/route";
import { IconButton } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { KindIcon } from "../../ui/KindIcon";
import { Marked } from "../../ui/Marked";
import { Menu, MenuAction, MenuSeparator } from "../../ui/Menu";
import { actionsOf, type DraftActions } from "./actions";
import { cellOf } from "./cells";
import type { Choosable } from "./columns";
import { Matches, shownMatches } from "./Matches";
import type { Selection } from "./selection";
import { strings } from "./strings";
import styles from "./table.module.css";

type RowProps = {
  draft: DraftSummary;
  found: FoundWalkthrough | undefined;
  columns: readonly Choosable[];
  connections: readonly Connection[];
  index: number;
  top: number;
  height: number;
  actions: DraftActions;
  isSelected: boolean;
  onToggle: Selection["toggle"];
};

export const Row = memo(function Row(props: RowProps) {
  const { draft, found, columns, connections, index, top, height, actions, isSelected, onToggle } = props;
  const menu = actionsOf(draft, actions);
  return (
    <div
      className={classNames(styles.row, isSelected && styles.selected)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-index={index}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <div role="cell" className={styles.box} onClickCapture={(event) => event.shiftKey && toggleRange(event)}>
        <Checkbox
          label={strings.bulk.select(draft.title)}
          isHidden
          isOn={isSelected}
          onSwitch={() => onToggle(draft.id, false)}
        />
      </div>
      <div role="cell" className={styles.title}>
        <span className={styles.kind}>
          <KindIcon kind={draft.type} />
        </span>
        <a className={styles.name} href={hrefTo({ screen: "editor", id: draft.id, step: null })} title={draft.title}>
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

  function toggleRange(event: { preventDefault: () => void; stopPropagation: () => void }) {
    event.preventDefault();
    event.stopPropagation();
    onToggle(draft.id, true);
  }
});

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
