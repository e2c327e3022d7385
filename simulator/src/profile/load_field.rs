//! Compiling the type of one field.

use std::sync::Arc;

use toml::Spanned;

use super::codes::CodeList;
use super::fault::{ProfileError, ProfileFault};
use super::field_type::FieldType;
use super::files::Source;
use super::tables::FieldTable;

pub(super) fn field_type(
    source: Source<'_>,
    table: &FieldTable,
    lists: &[Arc<CodeList>],
) -> Result<FieldType, ProfileError> {
    let name = table.field_type.get_ref().as_str();
    let parameters = Parameters { source, table };
    let (field_type, allowed) = match name {
        "insurer_number" => (FieldType::InsurerNumber, ""),
        "insured_number" => (FieldType::InsuredNumber, ""),
        "my_number" => (FieldType::MyNumber, ""),
        "history_number" => (FieldType::HistoryNumber, ""),
        "date" => (FieldType::Date, ""),
        "boolean" => (FieldType::Boolean, ""),
        "office_number" => (FieldType::OfficeNumber, ""),
        "text" => {
            let max = parameters.length("max", &table.max)?;
            (FieldType::Text { max }, "max")
        }
        "kana" => {
            let max = parameters.length("max", &table.max)?;
            (FieldType::Kana { max }, "max")
        }
        "alphanumeric" => {
            let max = parameters.length("max", &table.max)?;
            (FieldType::Alphanumeric { max }, "max")
        }
        "digits" => {
            let length = parameters.length("length", &table.length)?;
            (FieldType::Digits { length }, "length")
        }
        "integer" => {
            let max = parameters.number("max", &table.max)?;
            (FieldType::Integer { max }, "max")
        }
        "code" => {
            let list = parameters.list(lists)?;
            (FieldType::Code { list }, "list")
        }
        received => {
            let fault = ProfileFault::UnknownWord {
                what: "type（型）",
                allowed: "insurer_number、insured_number、my_number、history_number、text、kana、date、boolean、\
                          code、integer、digits、alphanumeric、office_number",
                received: received.to_owned(),
            };
            return Err(source.error(table.field_type.span(), fault));
        }
    };
    parameters.check_foreign(allowed)?;
    Ok(field_type)
}

/// The parameters of a field's type.
struct Parameters<'t> {
    source: Source<'t>,
    table: &'t FieldTable,
}

impl Parameters<'_> {
    fn missing(&self, parameter: &'static str) -> ProfileError {
        let kind = self.table.field_type.get_ref().clone();
        let span = self.table.field_type.span();
        self.source
            .error(span, ProfileFault::ParameterMissing { kind, parameter })
    }

    fn number(
        &self,
        parameter: &'static str,
        value: &Option<Spanned<u64>>,
    ) -> Result<u64, ProfileError> {
        value
            .as_ref()
            .map(|value| *value.get_ref())
            .ok_or_else(|| self.missing(parameter))
    }

    fn length(
        &self,
        parameter: &'static str,
        value: &Option<Spanned<u64>>,
    ) -> Result<usize, ProfileError> {
        let number = self.number(parameter, value)?;
        match usize::try_from(number) {
            Ok(length) if length > 0 => Ok(length),
            Ok(_) | Err(_) => {
                let received = number.to_string();
                let fault = ProfileFault::BadValue {
                    what: parameter,
                    expected: "1以上",
                    received,
                };
                let span = value.as_ref().map(Spanned::span).unwrap_or_default();
                Err(self.source.error(span, fault))
            }
        }
    }

    fn list(&self, lists: &[Arc<CodeList>]) -> Result<Arc<CodeList>, ProfileError> {
        let Some(name) = &self.table.list else {
            return Err(self.missing("list"));
        };
        lists
            .iter()
            .find(|list| list.id() == name.get_ref())
            .cloned()
            .ok_or_else(|| {
                let fault = ProfileFault::UnknownList {
                    list: name.get_ref().clone(),
                };
                self.source.error(name.span(), fault)
            })
    }

    fn check_foreign(&self, allowed: &str) -> Result<(), ProfileError> {
        let given = [
            ("max", self.table.max.as_ref().map(Spanned::span)),
            ("length", self.table.length.as_ref().map(Spanned::span)),
            ("list", self.table.list.as_ref().map(Spanned::span)),
        ];
        for (parameter, span) in given {
            if let Some(span) = span
                && parameter != allowed
            {
                let kind = self.table.field_type.get_ref().clone();
                let fault = ProfileFault::ParameterForeign { kind, parameter };
                return Err(self.source.error(span, fault));
            }
        }
        Ok(())
    }
}
