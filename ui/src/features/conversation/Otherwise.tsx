// What could happen instead of what comes next. It replaces what follows, and can be taken back.

import {
  type Icon,
  IconArrowBackUp,
  IconArrowRampRight,
  IconClockPause,
  IconCopy,
  IconEraser,
  IconHelpCircle,
  IconListNumbers,
  IconPencil,
  IconPlus,
  IconRepeat,
  IconTrash,
  IconX,
} from "@tabler/icons-react";
import type { AuthorEdit, DeliveredStep, Move, Turn } from "../../ipc";
import { Button } from "../../ui/Button";
import styles from "./side.module.css";
import { strings } from "./strings";
import type { Conversing } from "./use-conversation";

type Plain = keyof typeof strings.moves;
const moves: readonly [Plain, Icon][] = [
  ["repeat", IconRepeat],
  ["skip", IconArrowRampRight],
  ["wrong_id", IconX],
  ["other_session", IconCopy],
  ["come_back", IconClockPause],
  ["status", IconHelpCircle],
  ["reset", IconEraser],
];

type OtherwiseProps = { conversing: Conversing; turn: Turn };

export function Otherwise({ conversing, turn }: OtherwiseProps) {
  const { view, undo, instead } = conversing;
  const { current_step, progress } = turn.state;
  return (
    <>
      <section aria-labelledby="otherwise">
        <h2 id="otherwise" className={styles.heading}>
          {strings.otherwise}
        </h2>
        {view.replaced !== null && (
          <p className={styles.replaced} role="status">
            <span>{strings.replaced(view.replaced)}</span>
            <span aria-hidden>·</span>
            <button type="button" className={styles.undo} onClick={undo}>
              <IconArrowBackUp size={14} stroke={1.75} aria-hidden />
              {strings.undo}
            </button>
          </p>
        )}
        <Choices>
          {moves.map(([move, icon]) => (
            <Choice key={move} icon={icon} label={strings.moves[move]} onChoose={() => instead({ move })} />
          ))}
        </Choices>
      </section>
      <section aria-labelledby="author">
        <h2 id="author" className={styles.heading}>
          {current_step ? strings.authorEdits(current_step.number) : strings.authorAdds}
        </h2>
        <Choices>
          {editsOf(current_step, progress.total_steps).map(({ icon, label, edit }) => (
            <Choice key={label} icon={icon} label={label} onChoose={() => instead(ofAuthor(edit))} />
          ))}
        </Choices>
      </section>
    </>
  );
}

const ofAuthor = (edit: AuthorEdit): Move => ({ move: "edit", edit });

type Offered = { icon: Icon; label: string; edit: AuthorEdit };

/** What the author may do where the learner is. */
function editsOf(step: DeliveredStep | null, total: number): Offered[] {
  const words = strings.edits;
  const added = (number: number, label: string): Offered => ({
    icon: IconPlus,
    label,
    edit: { change: "add_step", number, title: words.newTitle },
  });
  if (!step) return [added(total + 1, words.addLast)];
  const { number, title } = step;
  const isLast = number === total;
  return [
    added(number, words.addBefore),
    { icon: IconTrash, label: words.remove, edit: { change: "remove_step", number } },
    ...(total > 1
      ? [
          {
            icon: IconListNumbers,
            label: isLast ? words.moveFirst : words.moveLast,
            edit: { change: "move_step" as const, number, to: isLast ? 1 : total },
          },
        ]
      : []),
    {
      icon: IconPencil,
      label: words.rename,
      edit: { change: "rename_step", number, title: words.renamedTitle(title).slice(0, 200) },
    },
  ];
}

const Choices = ({ children }: { children: React.ReactNode }) => <div className={styles.choices}>{children}</div>;

function Choice({ icon, label, onChoose }: { icon: Icon; label: string; onChoose: () => void }) {
  return (
    <Button className={styles.choice} icon={icon} onClick={onChoose}>
      {label}
    </Button>
  );
}
