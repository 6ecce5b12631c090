import { IconFileImport, IconPlus } from "@tabler/icons-react";
import { type ListedWording, readOnly, type WordingChoice } from "../../ipc";
import { useStored } from "../../lib/stored";
import { Button } from "../../ui/Button";
import { wordingDrafts } from "./drafts";
import { strings } from "./strings";
import styles from "./wordings.module.css";

type GalleryProps = {
  wordings: readonly ListedWording[];
  choices: readonly WordingChoice[];
  /** The empty name is a new one. */
  selected: string;
  onSelect: (name: string) => void;
  onNew: () => void;
  onImport: () => void;
};

/** What there is: those that come with Waymark, and the organization's own. */
export function Gallery({ wordings, choices, selected, onSelect, onNew, onImport }: GalleryProps) {
  const [drafts] = useStored(wordingDrafts);
  const fresh = drafts[""];
  const own = wordings.filter(({ is_built_in }) => !is_built_in);
  const row = ({ name, about }: Pick<ListedWording, "name" | "about">, key: string) => {
    const used = choices.filter(({ wording }) => wording === key).length;
    const notes = [key in drafts ? strings.isChanged : "", strings.usedFor(used)].filter(Boolean).join(", ");
    return (
      <li key={key}>
        <button
          type="button"
          className={styles.row}
          aria-current={key === selected ? "true" : undefined}
          onClick={() => onSelect(key)}
        >
          <span className={styles.name}>{name || strings.newName}</span>
          {notes && <span className={styles.notes}>{notes}</span>}
          {about && <span className={styles.about}>{about}</span>}
        </button>
      </li>
    );
  };
  return (
    <div className={styles.gallery}>
      <h2 className={styles.group} id="built-in-wordings">
        {strings.builtIn}
      </h2>
      <ul aria-labelledby="built-in-wordings">
        {wordings.filter(({ is_built_in }) => is_built_in).map((wording) => row(wording, wording.name))}
      </ul>
      <h2 className={styles.group} id="own-wordings">
        {strings.own}
      </h2>
      {own.length === 0 && !fresh && <p className={styles.nothing}>{strings.noOwn}</p>}
      <ul aria-labelledby="own-wordings">
        {own.map((wording) => row(wording, wording.name))}
        {fresh && row(fresh, "")}
      </ul>
      {readOnly === null && (
        <div className={styles.adding}>
          <Button icon={IconPlus} onClick={onNew}>
            {strings.new}
          </Button>
          <Button icon={IconFileImport} onClick={onImport}>
            {strings.import}
          </Button>
        </div>
      )}
    </div>
  );
}
