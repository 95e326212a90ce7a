//! Requests and answers without their types, so that screens can ask for any request through one kind of effect.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::{Caller, Error, Request, Result, Service};

type Running = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// A request on its way to the door.
pub struct Call {
    name: &'static str,
    request: Box<dyn Any + Send>,
    run: fn(Box<dyn Any + Send>, Arc<Service>, Caller) -> Running,
}

impl Call {
    /// Packs a request.
    pub fn new<R: Request>(request: R) -> Self {
        Self { name: R::NAME, request: Box::new(request), run: run::<R> }
    }

    /// The request, if it is of this type: for tests that look at what a screen asks.
    pub fn get<R: Request>(&self) -> Option<&R> {
        self.request.downcast_ref()
    }

    /// The request's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Goes through the door.
    pub fn run(self, service: Arc<Service>, caller: Caller) -> impl Future<Output = Answer> + Send {
        (self.run)(self.request, service, caller)
    }
}

fn run<R: Request>(request: Box<dyn Any + Send>, service: Arc<Service>, caller: Caller) -> Running {
    Box::pin(async move {
        let request = request.downcast::<R>().expect("`Call::new` packed a request of this type");
        Answer::to::<R>(service.call(&caller, *request).await)
    })
}

struct Outcome<R: Request>(Result<R::Reply>);

/// What came back. A screen takes out the answers to what it asked, by the request's type.
pub struct Answer {
    name: &'static str,
    is_closed: bool,
    is_ok: bool,
    result: Box<dyn Any + Send>,
}

impl Answer {
    /// The answer to a request; tests of screens make theirs by hand.
    pub fn to<R: Request>(result: Result<R::Reply>) -> Self {
        let is_closed = matches!(result, Err(Error::NotFound(_) | Error::Denied(_)));
        let is_ok = result.is_ok();
        Self { name: R::NAME, is_closed, is_ok, result: Box::new(Outcome::<R>(result)) }
    }

    /// Whether what was asked for is not there, or not for the one who asked.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Whether it was done.
    pub fn is_ok(&self) -> bool {
        self.is_ok
    }

    /// The request's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The result, if this answers a request of type `R`.
    ///
    /// # Errors
    /// Gives the answer back when it is of another type.
    pub fn take<R: Request>(self) -> std::result::Result<Result<R::Reply>, Self> {
        match self.result.downcast::<Outcome<R>>() {
            Ok(outcome) => Ok(outcome.0),
            Err(result) => Err(Self { result, ..self }),
        }
    }
}
