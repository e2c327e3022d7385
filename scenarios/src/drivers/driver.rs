//! The driver: carries test-control operations to one build.

use std::time::Duration;

use serde_json::Value;

use super::error::{DriverError, Reached};
use super::http::HttpDriver;
use super::lines::{Conversation, LinesDriver};
use super::manual::{ManualDesk, ManualDriver};
use super::vendor_file::{TimeLimits, VendorAddress};
use crate::control::{Answer, Operation};

/// 接続部: the way operations reach a build.
#[derive(Debug)]
pub enum Driver {
    /// Over plain HTTP on this machine.
    Http(HttpDriver),
    /// By lines on standard input and output.
    Lines(LinesDriver),
    /// By a person's hand.
    Manual(ManualDriver),
}

impl Driver {
    /// A driver over plain HTTP for the build at `address`. Nothing is sent yet.
    #[must_use]
    pub fn http(address: VendorAddress, limits: TimeLimits) -> Self {
        Self::Http(HttpDriver::new(address, limits))
    }

    /// A driver by lines for a program that runs. Nothing is said yet.
    pub(super) fn lines(conversation: Conversation, limits: TimeLimits) -> Self {
        Self::Lines(LinesDriver::new(conversation, limits))
    }

    /// A driver for the person at a desk. Nothing is asked yet.
    #[must_use]
    pub fn manual(desk: ManualDesk) -> Self {
        Self::Manual(ManualDriver::new(desk))
    }

    /// Whether a person answers, who may look away and take weeks.
    #[must_use]
    pub const fn is_manual(&self) -> bool {
        match self {
            Self::Manual(_) => true,
            Self::Http(_) | Self::Lines(_) => false,
        }
    }

    /// Asks the build to carry out `operation`; waits as long as the vendor's file allows.
    ///
    /// # Errors
    /// [`DriverError`] when there is no answer that fits the interface. A refusal is an answer.
    pub async fn call(&self, operation: Operation, input: &Value) -> Result<Answer, DriverError> {
        match self {
            Self::Http(driver) => driver.call(operation, input).await,
            Self::Lines(driver) => driver.call(operation, input).await,
            Self::Manual(driver) => driver.call(operation, input).await,
        }
    }

    /// As [`Driver::call`], but waits at most `limit`; for a person without limit.
    ///
    /// # Errors
    /// [`DriverError`] when there is no answer that fits the interface.
    pub async fn call_within(
        &self,
        operation: Operation,
        input: &Value,
        limit: Duration,
    ) -> Result<Answer, DriverError> {
        match self {
            Self::Http(driver) => driver.call_within(operation, input, limit).await,
            Self::Lines(driver) => driver.call_within(operation, input, limit).await,
            Self::Manual(driver) => driver.call(operation, input).await,
        }
    }

    /// Where the build is looked for.
    #[must_use]
    pub const fn reached(&self) -> Reached {
        match self {
            Self::Http(driver) => Reached::At(driver.address()),
            Self::Lines(_) => Reached::Stdio,
            Self::Manual(driver) => Reached::At(driver.address()),
        }
    }
}
