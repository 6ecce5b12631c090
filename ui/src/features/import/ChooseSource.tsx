import { IconFileImport, IconFolderOpen } from "@tabler/icons-react";
import { useState } from "react";
import { Button } from "../../ui/Button";
import { TextArea } from "../../ui/TextField";
import styles from "./import.module.css";
import { strings } from "./strings";

type ChooseSourceProps = { onChoose: () => void; onText: (text: string) => void };

export function ChooseSource({ onChoose, onText }: ChooseSourceProps) {
  const [text, setText] = useState("");
  return (
    <div className={styles.page}>
      <div className={styles.drop}>
        <IconFileImport size={28} stroke={1.5} aria-hidden />
        <h2 className={styles.title}>{strings.introTitle}</h2>
        <p className={styles.text}>{strings.introText}</p>
        <Button variant="primary" icon={IconFolderOpen} onClick={onChoose}>
          {strings.choose}
        </Button>
      </div>
      <div className={styles.paste}>
        <TextArea
          label={strings.paste}
          placeholder={strings.pastePlaceholder}
          value={text}
          rows={8}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
        <Button disabled={text.trim() === ""} onClick={() => onText(text)}>
          {strings.look}
        </Button>
      </div>
    </div>
  );
}
