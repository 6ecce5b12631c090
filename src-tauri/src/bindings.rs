//! Every command and event of the window in one list: what answers it, and what its TypeScript is generated from.

use std::path::Path;

use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

use crate::commands::bulk;
use crate::{
    commands::{
        agents, app, attachments, backups, connections, editing, flow, history, import, library, lint, preview,
        publish, quiz, sandbox, snippets, templates, window, words,
    },
    events::{Changed, CloseRequested, FilesDragged, FilesDropped, MenuChosen, Stale},
    tasks::TaskProgress,
};

/// The contract of the window.
pub fn contract() -> Builder<tauri::Wry> {
    Builder::new()
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
        .commands(collect_commands![
            app::start,
            app::about,
            app::rules,
            app::open_log_folder,
            app::answer_close,
            backups::list_backups,
            backups::create_backup,
            backups::compare_backup,
            backups::restore_backup,
            backups::recover_library,
            backups::library_trouble,
            backups::open_again,
            backups::open_backup_folder,
            backups::open_library_folder,
            library::list_drafts,
            library::search_library,
            library::open_draft,
            library::create_draft,
            library::duplicate_draft,
            library::trash_drafts,
            library::restore_drafts,
            bulk::apply_bulk,
            bulk::undo_bulk,
            bulk::list_replacements,
            bulk::preview_replace,
            bulk::run_replace,
            bulk::choose_export_folder,
            bulk::export_drafts,
            editing::apply_edit,
            editing::add_step,
            editing::duplicate_steps,
            editing::move_steps,
            editing::set_section,
            editing::show_metadata,
            editing::enter_metadata,
            editing::assign_server,
            editing::undo,
            editing::redo,
            preview::preview_step,
            history::list_history,
            history::save_snapshot,
            history::compare_versions,
            history::restore_revision,
            flow::read_flow,
            flow::set_flow_order,
            flow::straighten_flow,
            quiz::list_quizzes,
            quiz::read_quiz,
            quiz::save_quiz,
            quiz::score_quiz,
            quiz::preview_certificate,
            quiz::save_certificate,
            lint::lint_rules,
            lint::lint_draft,
            lint::lint_step,
            lint::fix_findings,
            lint::silence_findings,
            words::check_links,
            words::add_word,
            words::suggest_words,
            words::replace_word,
            words::lint_settings,
            words::change_lint_settings,
            words::list_words,
            words::remove_word,
            words::list_languages,
            words::import_dictionary,
            words::remove_dictionary,
            snippets::list_snippets,
            snippets::save_snippet,
            snippets::remove_snippet,
            templates::list_templates,
            templates::create_from_template,
            templates::save_template,
            templates::remove_template,
            attachments::choose_attachments,
            attachments::attach_files,
            attachments::attach_pasted,
            attachments::list_attachments,
            attachments::show_attachment,
            import::choose_import_files,
            import::preview_import,
            import::run_import,
            import::add_examples,
            import::choose_export_file,
            import::export_draft,
            connections::list_connections,
            connections::parse_connection_url,
            connections::save_connection,
            connections::set_password,
            connections::test_connection,
            connections::remove_connection,
            connections::keyring_status,
            connections::list_servers,
            publish::plan_publish,
            publish::peek_publish,
            publish::new_task,
            publish::run_publish,
            publish::cancel_task,
            publish::pull,
            sandbox::sandbox_status,
            sandbox::sandbox_up,
            sandbox::sandbox_down,
            agents::endpoint_status,
            agents::start_endpoint,
            agents::stop_endpoint,
            agents::list_client_setups,
            agents::copy_configuration,
            agents::copy_endpoint_token,
            agents::list_calls,
            agents::read_answer,
            agents::clear_calls,
            window::save_settings,
            window::show_menu,
            window::toggle_full_screen,
            window::show_ground,
            window::edit_selection,
        ])
        .events(collect_events![
            Changed,
            CloseRequested,
            FilesDragged,
            FilesDropped,
            words::LinkProgress,
            MenuChosen,
            TaskProgress,
            Stale
        ])
}

/// Writes the contract as TypeScript.
///
/// # Errors
/// The path cannot be written, or a type has no TypeScript.
pub fn export(path: &Path) -> Result<(), specta_typescript::Error> {
    let language = specta_typescript::Typescript::default()
        .header("// Generated from the commands in src-tauri by `WAYMARK_UPDATE=1 cargo test --test bindings`.\n");
    contract().export(language, path)
}
