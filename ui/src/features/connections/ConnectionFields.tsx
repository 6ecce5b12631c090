import type { ChangeEvent, ReactNode } from "react";
import type { TlsMode } from "../../ipc";
import { Checkbox } from "../../ui/Checkbox";
import { SelectField } from "../../ui/SelectField";
import { TextField } from "../../ui/TextField";
import styles from "./dialog.module.css";
import type { FormState, Problems } from "./form";
import { strings } from "./strings";

type ConnectionFieldsProps = {
  form: FormState;
  problems: Problems;
  onChange: (form: FormState) => void;
  password: ReactNode;
};
type TextName = "name" | "host" | "port" | "database" | "user" | "organization";

export function ConnectionFields({ form, problems, onChange, password }: ConnectionFieldsProps) {
  const text = (name: TextName) => ({
    label: strings[name],
    value: form[name],
    problem: problems[name] ?? null,
    autoComplete: "off",
    spellCheck: false,
    onChange: (event: ChangeEvent<HTMLInputElement>) => onChange({ ...form, [name]: event.target.value }),
  });
  const isSocket = form.host.startsWith("/");
  return (
    <>
      <div className={styles.pair}>
        <TextField {...text("name")} placeholder={strings.namePlaceholder} />
        <TextField {...text("organization")} placeholder={strings.organizationPlaceholder} />
      </div>
      <div className={styles.wide}>
        <TextField {...text("host")} placeholder={strings.hostPlaceholder} />
        <TextField {...text("port")} inputMode="numeric" />
      </div>
      <div className={styles.pair}>
        <TextField {...text("database")} />
        <TextField {...text("user")} />
      </div>
      {password}
      {!isSocket && (
        <div className={styles.pair}>
          <SelectField<TlsMode>
            label={strings.tls}
            value={form.tls}
            choices={tlsModes}
            onChoose={(tls) => onChange({ ...form, tls })}
          />
          <TextField
            label={strings.caFile}
            hint={strings.caHint}
            value={form.ca_file ?? ""}
            problem={problems.ca_file ?? problems.tls ?? null}
            disabled={form.tls === "disable" || form.tls === "require"}
            onChange={(event) => onChange({ ...form, ca_file: event.target.value })}
          />
        </div>
      )}
      {!isSocket && form.tls !== "disable" && (
        <div className={styles.pair}>
          <TextField
            label={strings.clientCertificate}
            hint={strings.clientHint}
            value={form.client_certificate ?? ""}
            problem={problems.client_certificate ?? null}
            onChange={(event) => onChange({ ...form, client_certificate: event.target.value })}
          />
          <TextField
            label={strings.clientKey}
            hint={strings.clientKeyHint}
            value={form.client_key ?? ""}
            problem={problems.client_key ?? null}
            onChange={(event) => onChange({ ...form, client_key: event.target.value })}
          />
        </div>
      )}
      <TextField
        label={strings.assetBase}
        hint={strings.assetBaseHint}
        placeholder={strings.assetBasePlaceholder}
        value={form.asset_base_url ?? ""}
        problem={problems.asset_base_url ?? null}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ ...form, asset_base_url: event.target.value })}
      />
      <div className={styles.checks}>
        <Checkbox
          label={strings.isProduction}
          about={strings.isProductionAbout}
          isOn={form.is_production}
          onSwitch={(is_production) => onChange({ ...form, is_production })}
        />
        {form.is_production && (
          <Checkbox
            label={strings.asks}
            about={strings.asksAbout}
            isOn={form.asks_before_publish}
            onSwitch={(asks_before_publish) => onChange({ ...form, asks_before_publish })}
          />
        )}
        <Checkbox
          label={strings.requiresApproval}
          about={strings.requiresApprovalAbout}
          isOn={form.requires_approval}
          onSwitch={(requires_approval) => onChange({ ...form, requires_approval })}
        />
        <Checkbox
          label={strings.isPgbouncer}
          about={strings.isPgbouncerAbout}
          isOn={form.is_pgbouncer}
          onSwitch={(is_pgbouncer) => onChange({ ...form, is_pgbouncer })}
        />
      </div>
    </>
  );
}

const tlsModes: readonly { value: TlsMode; label: string; about: string }[] = [
  { value: "verify-full", ...strings.tlsModes.full },
  { value: "verify-ca", ...strings.tlsModes.ca },
  { value: "require", ...strings.tlsModes.require },
  { value: "disable", ...strings.tlsModes.disable },
];
