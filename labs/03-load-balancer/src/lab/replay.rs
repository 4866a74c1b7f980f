//! What a link to one of the lab's live figures shows, for `experiments figure`.

use std::string::String;

use kit::command_line::{Figure, FigureRequest, Replay};
use replay::Known;
use replay::opening::Opening;

use crate::figures::FIGURES;

/// A figure as the command line takes it.
pub fn figure(known: &Known) -> Figure {
    Figure {
        name: known.name,
        title: known.title,
        replay,
    }
}

/// Opens the figure as the link says, goes to its moment, and says what is seen.
fn replay(request: &FigureRequest) -> Result<Replay, String> {
    let opening = Opening {
        figure: request.figure,
        id: "figure",
        seed: request.seed,
        title: "",
        description: "",
        controls: request
            .set
            .iter()
            .map(|(control, value)| (control.as_str(), value.as_str()))
            .collect(),
        actions: &request.actions,
    };
    let mut run = replay::open(FIGURES, &opening)?;
    run.seek(request.until_ms);
    Ok(Replay {
        summary: run.summary(),
        table: run.table(),
        digest: run.digest(),
    })
}
