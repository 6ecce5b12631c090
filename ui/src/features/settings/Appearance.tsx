import { IconMinus, IconPlus } from "@tabler/icons-react";
import { contrasts, motions, setting, themes } from "../../lib/settings";
import { useStored } from "../../lib/stored";
import { contrast, motion, textSize, textSizeBy, theme, zoom, zoomBy } from "../../lib/theme";
import { IconButton } from "../../ui/Button";
import { useKeysFor } from "../../ui/keymap";
import { Segments } from "../../ui/Segments";
import { Switch } from "../../ui/Switch";
import { Section } from "./Section";
import styles from "./settings.module.css";
import { strings } from "./strings";

const menuBar = setting("has_menu_bar");
/** A Mac has its menu at the top of the screen, whatever the window would like. */
const hasOwnBar = !/Mac/.test(navigator.platform);

/** How the window looks. Every choice holds at once. */
export function Appearance() {
  const [chosenTheme, setTheme] = useStored(theme);
  const [chosenContrast, setContrast] = useStored(contrast);
  const [chosenMotion, setMotion] = useStored(motion);
  const [size] = useStored(zoom);
  const [text] = useStored(textSize);
  const [hasBar, setBar] = useStored(menuBar);
  const named = <T extends string>(values: readonly T[], words: Record<T, string>) =>
    values.map((value) => ({ value, label: words[value] }));
  return (
    <Section title={strings.appearance}>
      <Segments label={strings.theme} value={chosenTheme} choices={named(themes, strings.themes)} onChoose={setTheme} />
      <Segments
        label={strings.contrast}
        about={strings.contrastAbout}
        value={chosenContrast}
        choices={named(contrasts, strings.contrasts)}
        onChoose={setContrast}
      />
      <Segments
        label={strings.motion}
        value={chosenMotion}
        choices={named(motions, strings.motions)}
        onChoose={setMotion}
      />
      <Size
        label={strings.size}
        value={`${size} %`}
        words={[strings.smaller, strings.larger]}
        keys={[useKeysFor("zoom-out"), useKeysFor("zoom-in")]}
        onChange={zoomBy}
      />
      <Size
        label={strings.textSize}
        value={`${text} px`}
        words={[strings.smallerText, strings.largerText]}
        keys={[undefined, undefined]}
        onChange={textSizeBy}
      />
      {hasOwnBar && (
        <div className={styles.row}>
          <span>{strings.menuBar}</span>
          <Switch label={strings.menuBar} isOn={hasBar} onSwitch={setBar} />
        </div>
      )}
    </Section>
  );
}

type SizeProps = {
  label: string;
  value: string;
  words: readonly [string, string];
  keys: readonly [string | undefined, string | undefined];
  onChange: (by: 1 | -1) => void;
};

function Size({ label, value, words, keys, onChange }: SizeProps) {
  return (
    <div className={styles.row} role="group" aria-label={label}>
      <span>{label}</span>
      <div className={styles.size}>
        <IconButton label={words[0]} icon={IconMinus} shortcut={keys[0]} onClick={() => onChange(-1)} />
        <output>{value}</output>
        <IconButton label={words[1]} icon={IconPlus} shortcut={keys[1]} onClick={() => onChange(1)} />
      </div>
    </div>
  );
}
