//! `claimgraph ask`: the questions of the library by name.

use crate::failure::Failure;
use crate::input::ReadOptions;
use crate::output::{as_json, escaped, print};
use crate::selection::{Selection, entity_named};
use claimgraph::ClaimGraph;
use claimgraph::questions::DistinctStatement;
use claimgraph::view::View;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::fmt::Display;
use std::path::PathBuf;

/// The arguments of `ask`.
#[derive(clap::Args, Debug)]
pub struct Ask {
    /// File, folder of tables, or - for standard input
    file: PathBuf,
    /// Names of the questions
    #[arg(required = true, value_enum)]
    questions: Vec<Question>,
    /// Key or name of the entity that `mentions` asks about
    #[arg(long, value_name = "ENTITY")]
    of: Option<String>,
    #[command(flatten)]
    read: ReadOptions,
    #[command(flatten)]
    selection: Selection,
    /// Print the answers as one JSON object, by the names of the questions
    #[arg(long)]
    json: bool,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Question {
    /// Each distinct statement, with the short answer
    Statements,
    /// Claims that others deny, dispute or dismiss
    Contested,
    /// Figures of one statement that cannot both be right
    Conflicts,
    /// Dated claims in the order of their time
    Timeline,
    /// Demands, threats and forecasts, with their state
    Watch,
    /// Independent sources of each statement
    Sources,
    /// Claims that name the entity of --of
    Mentions,
    /// Figures of each statement that has any
    Figures,
}

/// An answer as text and as JSON.
struct Reply {
    text: String,
    json: Value,
}

impl Reply {
    fn of<T: Display + Serialize>(answer: &[T]) -> Result<Self, Failure> {
        let lines: Vec<String> = answer.iter().map(|item| format!("{item}\n")).collect();
        Ok(Self { text: escaped(&lines.concat()), json: as_json(answer)? })
    }

    /// Makes the reply that has each statement with the answers to a question about it. If a statement has no answer,
    /// it is left out.
    fn by_statement<'g, T: Display + Serialize>(
        view: &View<'g>,
        member: &str,
        ask: impl Fn(&DistinctStatement<'g>) -> Vec<T>,
    ) -> Result<Self, Failure> {
        let (mut text, mut entries) = (String::new(), Vec::new());
        for statement in &view.statements() {
            let answers = ask(statement);
            if answers.is_empty() {
                continue;
            }
            text += &format!("{}\n", statement.content());
            answers.iter().for_each(|answer| text += &format!("  {answer}\n"));
            entries.push(json!({
                "statement": as_json(&statement.content())?,
                member: as_json(&answers)?,
            }));
        }
        Ok(Self { text: escaped(&text), json: Value::Array(entries) })
    }
}

impl Ask {
    pub fn run(&self) -> Result<(), Failure> {
        let asks_mentions = self.questions.iter().any(|it| matches!(it, Question::Mentions));
        if asks_mentions != self.of.is_some() {
            let problem = "the question mentions and the option --of ENTITY need each other";
            return Err(Failure::Usage(problem.to_owned()));
        }
        let graph = self.read.read_sound(&self.file)?;
        let view = self.selection.view(&graph)?;
        let (mut text, mut object) = (String::new(), Map::new());
        for question in &self.questions {
            let (name, reply) = (question.name(), self.reply(*question, &graph, &view)?);
            if self.questions.len() > 1 {
                text += &format!("{}\n", name.to_uppercase());
            }
            text += &reply.text;
            object.insert(name, reply.json);
        }
        print(&if self.json { format!("{}\n", Value::Object(object)) } else { text })
    }

    fn reply(
        &self,
        question: Question,
        graph: &ClaimGraph,
        view: &View<'_>,
    ) -> Result<Reply, Failure> {
        match question {
            Question::Statements => Reply::of(&view.statements()),
            Question::Contested => Reply::of(&view.contested()),
            Question::Conflicts => Reply::of(&view.figure_conflicts()),
            Question::Timeline => Reply::of(&view.timeline()),
            Question::Watch => Reply::of(&view.watch()),
            Question::Sources => {
                Reply::by_statement(view, "sources", |it| vec![it.query().independence()])
            }
            Question::Figures => {
                Reply::by_statement(view, "figures", |it| it.query().figures().to_vec())
            }
            Question::Mentions => {
                let entity = entity_named(graph, self.of.as_deref().unwrap_or_default())?;
                Reply::of(&view.mentions_of(entity))
            }
        }
    }
}

impl Question {
    fn name(self) -> String {
        let value = clap::ValueEnum::to_possible_value(&self);
        value.map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}
