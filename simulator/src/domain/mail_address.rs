//! Mail addresses.

use std::fmt;
use std::str::FromStr;

use super::shown;

/// A mail address of the form name@domain, as far as a form on a page checks it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MailAddress(String);

/// A text that is no mail address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("メールアドレスは「名前@ドメイン」の形です。受け取った値「{received}」は違います")]
pub struct MailAddressError {
    /// The text as it came, shortened for display.
    pub received: String,
}

impl MailAddress {
    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for MailAddress {
    type Err = MailAddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let is_address = text.len() <= 254
            && text.bytes().all(|byte| byte.is_ascii_graphic())
            && text.split_once('@').is_some_and(|(name, domain)| {
                let labels: Vec<&str> = domain.split('.').collect();
                !name.is_empty()
                    && labels.len() > 1
                    && labels.iter().all(|label| {
                        !label.is_empty()
                            && label
                                .bytes()
                                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                    })
            });
        if is_address {
            return Ok(Self(text.to_owned()));
        }
        Err(MailAddressError {
            received: shown(text),
        })
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::MailAddress;

    #[test]
    fn an_address_has_a_name_and_a_domain_of_several_parts() {
        for text in ["kaigo@tsukimi.example", " a.b+c@d-e.lg.example "] {
            let address: MailAddress = text.parse().expect(text);
            assert_eq!(address.as_str(), text.trim());
        }
        for text in [
            "",
            "kaigo",
            "@tsukimi.example",
            "kaigo@",
            "kaigo@example",
            "kaigo@.example",
            "kaigo@tsukimi..example",
            "kaigo @tsukimi.example",
            "a@b@c.example",
            "介護@tsukimi.example",
        ] {
            assert!(text.parse::<MailAddress>().is_err(), "{text}");
        }
    }
}
