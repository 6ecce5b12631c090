// What can be done where the cursor is in a text: mend what is wrong there, the clipboard, formats, what can be put in.

import { type Diagnostic, forEachDiagnostic } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import {
  IconClipboard,
  IconCopy,
  IconCut,
  IconHistory,
  IconMessagePlus,
  IconPaperclip,
  IconSearch,
} from "@tabler/icons-react";
import { commands, type Editing, type Field } from "../../../ipc";
import { type Action, offeredNow } from "../../../ui/actions";
import { MenuAbout, MenuAction, MenuAt, MenuSeparator, MenuUnder, type Point } from "../../../ui/Menu";
import { attempt } from "../actions";
import { unknownWord } from "../problems";
import { strings as editorStrings } from "../strings";
import { OwnWord, Suggestions } from "../WordMenu";
import { chooseFiles } from "./attach";
import { commentHere } from "./comment";
import { openFind } from "./find";
import { type Format, often, runIn, seldom } from "./formats";
import { useInsertions } from "./snippet-actions";
import { textStrings as strings } from "./strings";

export type AskedText = { field: Field; view: EditorView; at: Point };

/** The menu is gone and the text has the focus again before anything happens in it. */
const later = (view: EditorView, run: () => void) => () =>
  void setTimeout(() => {
    view.focus();
    run();
  });

type TextMenuProps = { asked: AskedText; walkthrough: string; onClose: () => void };

export function TextMenu({ asked: { field, view, at }, walkthrough, onClose }: TextMenuProps) {
  const insertions = useInsertions();
  const { readOnly: isReadOnly, selection } = view.state;
  const { from, to, empty } = selection.main;
  const close = () => {
    onClose();
    view.focus();
  };
  const editing = (kind: Editing, label: string, shortcut: string, isEnabled: boolean): Action => {
    const run = later(view, () => attempt(async () => void (await commands.editSelection(kind))));
    return { id: kind, label, shortcut, isEnabled, run };
  };
  const format = ({ icon, command, ...rest }: Format) => (
    <MenuAction key={rest.id} icon={icon} action={{ ...rest, run: later(view, () => runIn(view, command)) }} />
  );
  const find = later(view, () => openFind(false));
  const history = offeredNow().find(({ id }) => id === "step-history");
  return (
    <MenuAt at={at} label={strings.textMenu} onClose={close}>
      {problemsAt(view, from, to).map((problem) => (
        <Problem key={`${problem.source} ${problem.from}`} problem={problem} view={view} isReadOnly={isReadOnly} />
      ))}
      <MenuAction icon={IconCut} action={editing("cut", strings.cut, "Mod+X", !empty && !isReadOnly)} />
      <MenuAction icon={IconCopy} action={editing("copy", strings.copy, "Mod+C", !empty)} />
      <MenuAction icon={IconClipboard} action={editing("paste", strings.paste, "Mod+V", !isReadOnly)} />
      <MenuAction action={editing("select_all", strings.selectAll, "Mod+A", true)} />
      <MenuSeparator />
      {!isReadOnly && (
        <>
          <MenuUnder label={strings.format}>
            {often.map(format)}
            {seldom.map((group) => (
              <div key={group[0]?.id}>
                <MenuSeparator />
                {group.map(format)}
              </div>
            ))}
          </MenuUnder>
          <MenuUnder label={strings.insert}>
            <MenuAction
              icon={IconPaperclip}
              action={{ id: "add-file", label: strings.addFile, run: () => chooseFiles(walkthrough, view) }}
            />
            {insertions.map((action) => (
              <MenuAction key={action.id} action={{ ...action, run: later(view, () => action.run(field)) }} />
            ))}
          </MenuUnder>
          <MenuSeparator />
        </>
      )}
      <MenuAction
        icon={IconMessagePlus}
        action={{ id: "comment", label: strings.comment, run: later(view, commentHere) }}
      />
      <MenuAction icon={IconSearch} action={{ id: "find", label: strings.find, shortcut: "Mod+F", run: find }} />
      {history && <MenuAction icon={IconHistory} action={history} />}
    </MenuAt>
  );
}

type ProblemProps = { problem: Diagnostic; view: EditorView; isReadOnly: boolean };

/** What is wrong where one asked, and what can be done about it. */
function Problem({ problem, view, isReadOnly }: ProblemProps) {
  const { from, to, source, message, actions = [] } = problem;
  const word = view.state.sliceDoc(from, to);
  // What may be meant is in this menu already.
  const others = actions.filter(({ name }) => name !== editorStrings.correct);
  const put = (insert: string) =>
    later(view, () => view.dispatch({ changes: { from, to, insert }, userEvent: "input.replace" }))();
  return (
    <>
      <MenuAbout>{message.replaceAll("`", "")}</MenuAbout>
      {source === unknownWord && (
        <>
          <Suggestions word={word} onChoose={isReadOnly ? null : put} />
          <OwnWord word={word} />
        </>
      )}
      {others.map(({ name, apply }) => (
        <MenuAction
          key={name}
          action={{ id: name, label: name, isEnabled: !isReadOnly, run: () => setTimeout(() => apply(view, from, to)) }}
        />
      ))}
      <MenuSeparator />
    </>
  );
}

/** The problems that a selection touches, the shortest first: it is the one that was meant. */
function problemsAt(view: EditorView, start: number, end: number): Diagnostic[] {
  const found: Diagnostic[] = [];
  forEachDiagnostic(view.state, (problem, from, to) => {
    if (from <= end && to >= start) found.push({ ...problem, from, to });
  });
  return found.sort((a, b) => a.to - a.from - (b.to - b.from)).slice(0, most);
}

/** As many problems as leave room for the rest of the menu. */
const most = 3;
