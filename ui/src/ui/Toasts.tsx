import { IconAlertCircle, IconCopy, IconX } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { classNames } from "../lib/class-names";
import { Button, IconButton } from "./Button";
import { strings } from "./strings";
import { type Toast, toasts } from "./tell";
import styles from "./toasts.module.css";
import { Words } from "./Words";

export function Toasts() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.read);
  return (
    <section className={styles.region} aria-label={strings.notifications} aria-live="polite">
      {shown.map((toast) => (
        <Message key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function Message({ toast }: { toast: Toast }) {
  const { action } = toast;
  const text = toast.hint ? `${toast.message} ${toast.hint}` : toast.message;
  return (
    <div className={classNames(styles.toast, toast.isError && styles.error)} role={toast.isError ? "alert" : undefined}>
      {toast.isError && <IconAlertCircle size={18} stroke={1.75} color="var(--danger)" aria-hidden />}
      <span className={styles.words}>
        <Words>{toast.message}</Words>
        {toast.hint && (
          <span className={styles.hint}>
            <Words>{toast.hint}</Words>
          </span>
        )}
      </span>
      {action && (
        <Button
          variant="quiet"
          className={styles.action}
          onClick={() => {
            action.run();
            toasts.dismiss(toast.id);
          }}
        >
          {action.label}
        </Button>
      )}
      {toast.isError && (
        <IconButton label={strings.copy} icon={IconCopy} onClick={() => navigator.clipboard.writeText(text)} />
      )}
      <IconButton label={strings.dismiss} icon={IconX} onClick={() => toasts.dismiss(toast.id)} />
    </div>
  );
}
