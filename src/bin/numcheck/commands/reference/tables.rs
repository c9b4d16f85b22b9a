//! What the tasks that look into tables have in common: which tables, and text or JSON.

use crate::args::Look;
use crate::complaint::Complaint;
use crate::config::Config;
use clap::{Args, ValueEnum};
use numcheck::reference::Store;
use numcheck::text::Sources;
use std::path::{Path, PathBuf};

/// Which tables are looked into, and how the result is written.
#[derive(Debug, Args)]
pub(crate) struct Tables {
    /// A folder of reference tables, beside the built-in ones
    #[arg(long, value_name = "DIR")]
    reference: Vec<PathBuf>,
    /// Leave the built-in reference tables out
    #[arg(long)]
    no_builtin_reference: bool,
    /// Read the settings from this file; by default from the nearest numcheck.toml upward
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How the result is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// How the result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

impl Tables {
    /// Opens the tables: those of the settings, and those that were typed.
    pub(crate) fn open(&self, sources: &mut Sources) -> Result<Store, Complaint> {
        let config = Config::of(self.config.as_deref(), &[])?;
        let folders = config.reference.iter().chain(&self.reference);
        let folders: Vec<&Path> = folders.map(PathBuf::as_path).collect();
        let builtin = !self.no_builtin_reference && config.builtin_reference.unwrap_or(true);
        Ok(Store::open(&folders, builtin, sources)?)
    }
}
