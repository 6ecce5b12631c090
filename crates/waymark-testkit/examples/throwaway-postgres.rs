//! A throwaway Postgres with the platform's schema for scripts: prints the URL of its database, and ends with its
//! standard input.

use std::io::{self, Read, Write};

use waymark_testkit::postgres::{Cluster, Purpose};

fn main() -> io::Result<()> {
    let cluster = Cluster::start(Purpose::Test)?;
    let database = cluster.database();
    writeln!(io::stdout(), "{}", database.url())?;
    io::stdout().flush()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
