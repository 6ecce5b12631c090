import { commands, type Finding } from "../../ipc";
import { Menu, MenuAction, MenuSeparator } from "../../ui/Menu";
import { attempt } from "./actions";
import { useEditor } from "./editor";
import styles from "./problem-list.module.css";
import { strings } from "./strings";
import { useSuggestions } from "./use-suggestions";

/** What can be done about an unknown word: what may be meant, or that it is right. */
export function WordMenu({ finding, word }: { finding: Finding; word: string }) {
  const { session } = useEditor();
  const { step_id: step, field } = finding;
  const replace = (meant: string) => {
    if (step === null || field === null) return;
    attempt(() => session.write((id) => commands.replaceWord({ walkthrough: id, step, field, word, with: meant })));
  };
  return (
    <Menu
      trigger={
        <button type="button" className={styles.act} aria-label={strings.correctWord(word)}>
          {strings.correct}
        </button>
      }
    >
      <Suggestions word={word} onChoose={step === null || field === null ? null : replace} />
      <MenuSeparator />
      <OwnWord word={word} />
    </Menu>
  );
}

/** That a word is right: everywhere, or here. */
export function OwnWord({ word }: { word: string }) {
  const { session, walkthrough } = useEditor();
  return (
    <>
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
    </>
  );
}

type SuggestionsProps = { word: string; onChoose: ((meant: string) => void) | null };

/** Asked for when the menu opens: finding them takes a moment. */
export function Suggestions({ word, onChoose }: SuggestionsProps) {
  const found = useSuggestions(useEditor().walkthrough.id, word);
  if (!found || found.length === 0 || onChoose === null) {
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
    <MenuAction key={meant} action={{ id: `word.${meant}`, label: meant, run: () => onChoose(meant) }} />
  ));
}
