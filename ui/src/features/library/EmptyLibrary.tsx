import { IconFileImport, IconPlus, IconSparkles } from "@tabler/icons-react";
import { useState } from "react";
import { kindWords } from "../../lib/kinds";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import { kindIcons } from "../../ui/KindIcon";
import { Notice } from "../../ui/Notice";
import { useDraftActions } from "./actions";
import styles from "./empty.module.css";
import { strings } from "./strings";

/** What a person sees first: what this is for, and three ways to begin. */
export function EmptyLibrary({ onNew }: { onNew: () => void }) {
  const { addExamples } = useDraftActions();
  const [isAdding, setIsAdding] = useState(false);
  const add = () => {
    setIsAdding(true);
    void addExamples().finally(() => setIsAdding(false));
  };
  return (
    <Notice title={strings.emptyTitle} text={strings.emptyText}>
      <ul className={styles.examples}>
        {strings.examples.map(({ kind, about }) => {
          const Mark = kindIcons[kind];
          return (
            <li key={kind} className={styles.example}>
              <Mark size={18} stroke={1.75} aria-hidden />
              <span>
                <strong>{kindWords[kind].label}</strong>
                {about}
              </span>
            </li>
          );
        })}
      </ul>
      <Button variant="primary" icon={IconSparkles} onClick={add} disabled={isAdding}>
        {strings.addExamples}
      </Button>
      <Button icon={IconFileImport} onClick={() => navigate({ screen: "import" })}>
        {strings.import}
      </Button>
      <Button icon={IconPlus} onClick={onNew}>
        {strings.new}
      </Button>
    </Notice>
  );
}
