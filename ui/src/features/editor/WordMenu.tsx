import { commands, type Finding } from "../../ipc";
import { Menu, MenuAction, MenuSeparator } from "../../ui/Menu";
import { attempt } from "./actions";
import { useEditor } from "./editor";
import styles from "./problem-list.module.css";
import { strings } from "./strings";
import { useSuggestions } from "./use-suggestions";

/** What can be done about an unknown word: what may be meant, or that it is right. */
export function WordMenu({ finding, word }: { finding: Finding; word: string }) {
  const { session, walkthrough } = useEditor();
  return (
    <Menu
      trigger={
        <button type="button" className={styles.act} aria-label={strings.correctWord(word)}>
          {strings.correct}
        </button>
      }
    >
      <Suggestions finding={finding} word={word} />
      <MenuSeparator />
      <MenuAction
        action={{
          id: "word.library",
          label: strings.addWord(word),
          run: () => attempt(async () => void (await commands.addWord({ word, walkthrough: null }))),
        }}
      />
      <MenuAction
        action={{
          id: "word.walkthrough",
          label: strings.addWordHere,
          run: () => attempt(() => session.write(() => commands.addWord({ word, walkthrough: walkthrough.id }))),
        }}
      />
    </Menu>
  );
}

/** Asked for when the menu opens: finding them takes a moment. */
function Suggestions({ finding: { step_id: step, field }, word }: { finding: Finding; word: string }) {
  const { session, walkthrough } = useEditor();
  const found = useSuggestions(walkthrough.id, word);
  if (!found || found.length === 0 || step === null || field === null) {
    return (
      <MenuAction
        action={{
          id: "word.none",
          label: found ? strings.noSuggestions : strings.suggesting,
          isEnabled: false,
          run: () => undefined,
        }}
      />
    );
  }
  return found.map((meant) => (
    <MenuAction
      key={meant}
      action={{
        id: `word.${meant}`,
        label: meant,
        run: () =>
          attempt(() =>
            session.write((id) => commands.replaceWord({ walkthrough: id, step, field, word, with: meant })),
          ),
      }}
    />
  ));
}
